import type { IDataObject, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { addTestListener, removeTestListener, takenTestMessage } from '../../engine/index';
import type { Desk } from '../../engine/index';
import { withFiles } from './download-files';
import type { TriggerOptions } from './read-options';

const LOOK_EVERY_MS = 200;

/** A test by hand: takes exactly one message and leaves all other traffic alone. */
export async function listenForOneTest(
	context: ITriggerFunctions,
	desk: Desk,
	channelId: string,
	options: TriggerOptions,
): Promise<ITriggerResponse> {
	let listener: string | undefined;
	let timer: NodeJS.Timeout | undefined;
	let emitted = false;
	const stop = async () => {
		clearInterval(timer);
		if (listener) await removeTestListener(desk.store, listener);
		listener = undefined;
	};
	const wait = async () => {
		const id = await addTestListener(desk.store, channelId, options.testNumbers, desk.clock.now());
		listener = id;
		await new Promise<void>((resolve, reject) => {
			timer = setInterval(() => {
				takenTestMessage(desk.store, id, {
					raw: options.raw,
					now: desk.clock.now(),
					lateAfterMs: options.lateAfterMs,
				}).then(async (item) => {
					if (!item || emitted) return;
					emitted = true;
					clearInterval(timer);
					const plain = [{ json: item as unknown as IDataObject }];
					const { files } = options;
					context.emit([files === null ? plain : await withFiles(context, desk, [item], files)]);
					resolve();
				}, reject);
			}, LOOK_EVERY_MS);
		});
	};
	return { closeFunction: stop, manualTriggerFunction: wait };
}
