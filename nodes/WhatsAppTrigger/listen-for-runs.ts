import type { IDataObject, IRun, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { Desk, MessageItem, RunOutcome } from '../../engine/index';
import { withFiles } from './download-files';
import type { FileOptions, TriggerOptions } from './read-options';

/** Published: runs the workflow for what arrives, and tells the desk when each run has ended. */
export async function listenForRuns(
	context: ITriggerFunctions,
	desk: Desk,
	channelId: string,
	options: TriggerOptions,
): Promise<ITriggerResponse> {
	const workflow = context.getWorkflow();
	const workflowId = String(workflow.id);
	const stop = await desk.listen({
		consumer: {
			// The node's id survives renames and moves, so the trigger resumes where it stopped.
			id: `${workflowId}/${context.getNode().id}`,
			source: 'inbound',
			channelId,
			workflowId,
			events: [...options.events],
		},
		channelId,
		events: options.events,
		batchSize: options.batchSize,
		mergeWindowMs: options.mergeWindowMs,
		lateAfterMs: options.lateAfterMs,
		raw: options.raw,
		filesApart: options.files !== null,
		emit: (items, key) => {
			if (options.markRead !== 'no') markRead(desk, channelId, items, options.markRead === 'typing');
			return startRun(context, desk, items, options.files, key);
		},
		onFailed: (item) =>
			desk.tell([
				{
					event: 'runFailed',
					at: desk.clock.now(),
					channelId,
					contactId: item.contact?.id ?? null,
					conversationId: item.conversation?.id ?? null,
					text: `O fluxo "${workflow.name ?? workflowId}" falhou ao tratar esta mensagem; veja a execução com erro no n8n.`,
					data: { workflowId, messageId: item.messageId },
					key: `runFailed|${workflowId}|${item.messageId}`,
				},
			]),
	});
	return { closeFunction: stop };
}

async function startRun(
	context: ITriggerFunctions,
	desk: Desk,
	items: MessageItem[],
	files: FileOptions | null,
	key: string,
): Promise<RunOutcome> {
	const done = context.helpers.createDeferredPromise<IRun>();
	const complete =
		files === null
			? items.map((item) => ({ json: item as unknown as IDataObject }))
			: await withFiles(context, desk, items, files);
	context.emit([complete], undefined, done, key);
	return done.promise.then(
		// Without a run n8n refused it as a duplicate of one that already went.
		(run: IRun | undefined): RunOutcome =>
			run && (run.status === 'error' || run.status === 'crashed') ? 'failed' : 'succeeded',
	);
}

/** Blue ticks are a courtesy: whether they arrive decides nothing, and the run does not wait for them. */
function markRead(desk: Desk, channelId: string, items: readonly MessageItem[], typing: boolean): void {
	const channel = desk.channels.get(channelId);
	for (const { event, providerMessageId } of items) {
		if ((event === 'message' || event === 'reminderReply') && providerMessageId)
			void channel?.markRead(providerMessageId, typing).catch(() => undefined);
	}
}
