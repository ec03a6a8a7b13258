import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { MessageItem } from '../../../../engine';
import { QueueRouter } from '../../../../nodes/QueueRouter/QueueRouter.node';
import { routeRun } from '../../../../nodes/QueueRouter/route-run';
import { startRig } from '../../../support/desk-rig';
import type { DeskRig } from '../../../support/desk-rig';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';

export const ROWS = [
	{ number: 1, name: 'comercial', displayName: 'Comercial' },
	{ number: 2, name: 'suporte', displayName: 'Suporte' },
	{ number: 3, name: 'boleto', displayName: '2ª via de boleto', action: 'selfService' },
];
export const QUEUES = { companyName: 'Oficina Aurora', queues: { queue: ROWS } };
export const OUT = {
	waiting: 0,
	noValidAnswer: 1,
	withHuman: 2,
	nobodyAvailable: 3,
	comercial: 4,
	suporte: 5,
	boleto: 6,
};

let store: TestStore;
/** The desk and the phones of this file; call `startHere` first. */
export let rig: DeskRig;
/** What the trigger would have emitted, by contact, not yet routed. */
let arrived: Map<string, (item: MessageItem) => void>;
let people = 0;

/** One desk for all tests of a file: every test has customers of its own. */
export function startHere(): void {
	beforeAll(async () => {
		store = await STORES[0]!.create();
		arrived = new Map();
		rig = await startRig(store.settings, {
			run: async (items) => {
				for (const item of items) arrived.get(item.text)?.(item);
				return 'succeeded';
			},
		});
	});
	afterAll(async () => {
		await rig.close();
		await store.drop();
	});
}

/** The node with the desk of the test: n8n's process has one as well. */
export class RouterHere extends QueueRouter {
	override async execute(this: IExecuteFunctions) {
		return await routeRun(this, rig.desk);
	}
}

/** A customer of their own; `says` resolves with the item a trigger emits. */
export function someone() {
	const waId = `55119${String(80000000 + ++people)}`;
	return {
		waId,
		async says(text: string): Promise<MessageItem> {
			const marked = `${text} ·${waId}·${Math.random()}`;
			const item = new Promise<MessageItem>((resolve) => arrived.set(marked, resolve));
			await rig.simulator.admin.say(waId, marked);
			// The mark tells whose message it is; the router reads the words alone.
			return { ...(await item), text };
		},
		/** Written long enough after the menu to be an answer. */
		async answers(text: string): Promise<MessageItem> {
			return { ...(await this.says(text)), sentAt: new Date(Date.now() + 60_000).toISOString() };
		},
		heard: async (count: number) =>
			(await rig.simulator.admin.waitForReplies(waId, count)).map(({ text }) => text ?? ''),
	};
}

export const json = (item: MessageItem, more: IDataObject = {}) => ({ ...(item as unknown as IDataObject), ...more });

export async function route(
	items: IDataObject[],
	parameters: INodeParameters = {},
	more: Partial<Parameters<typeof runNode>[0]> = {},
) {
	return await runNode({ node: new RouterHere(), parameters: { ...QUEUES, ...parameters }, items, ...more });
}

/** Which output each item left by, in output order. */
export const placesOf = (outputs: INodeExecutionData[][]) => outputs.flatMap((items, place) => items.map(() => place));
export const only = (outputs: INodeExecutionData[][]) => outputs.flat().map(({ json }) => json as any)[0];

export async function welcomed(parameters: INodeParameters = {}) {
	const person = someone();
	await route([json(await person.says('Oi'))], parameters);
	return person;
}

export async function routed(text: string, parameters: INodeParameters = {}) {
	const person = await welcomed(parameters);
	const outputs = await route([json(await person.answers(text))], parameters);
	return { person, outputs, place: placesOf(outputs)[0], json: only(outputs) };
}
