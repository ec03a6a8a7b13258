import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { openDesk, type Desk } from '../../../../engine';
import { DunningPlanner } from '../../../../nodes/DunningPlanner/DunningPlanner.node';
import { closeDesk } from '../../../../nodes/shared/desk';
import { STORES, type TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';

export const CREDITOR = {
	creditorName: 'Oficina Aurora Ltda',
	creditorDocument: '11.222.333/0001-81',
	creditorAddress: 'Rua das Flores, 10, São Paulo/SP',
};
/** Tuesday, 10:00 in São Paulo. */
export const TUESDAY_10H = '2026-11-24T10:00:00-03:00';

export type Json = Record<string, any>;

let store: TestStore;
/** The store the node works on. */
export let desk: Desk;

export function startHere(): void {
	beforeAll(async () => {
		store = await STORES[0]!.create();
		process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
		desk = await openDesk({ store: store.settings });
	});
	afterAll(async () => {
		await closeDesk();
		delete process.env.WHATSAPP_DESK_DATABASE_URL;
		await desk.close();
		await store.drop();
	});
}

/** An open receivable as an ERP gives it. */
export function owed(facts: IDataObject = {}): IDataObject {
	return {
		titulo: 'T1',
		numero: 'NF 100',
		vencimento: '2026-11-24',
		valor: '459,90',
		cliente: { nome: 'Ana Souza', cpf: '529.982.247-25', telefone: '(11) 98765-4321' },
		...facts,
	};
}

export interface Planned {
	sendNow: INodeExecutionData[];
	later: INodeExecutionData[];
	skipped: INodeExecutionData[];
	human: INodeExecutionData[];
}

export async function plan(
	items: IDataObject[],
	{ options = {}, ...parameters }: INodeParameters = {},
	onError?: 'continueRegularOutput',
): Promise<Planned> {
	const [sendNow, later, skipped, human] = await runNode({
		node: new DunningPlanner(),
		parameters: { ...CREDITOR, ...parameters, options: { referenceTime: TUESDAY_10H, ...(options as object) } },
		items,
		onError,
	});
	return { sendNow: sendNow ?? [], later: later ?? [], skipped: skipped ?? [], human: human ?? [] };
}

export const jsonOf = (items: INodeExecutionData[]): Json[] => items.map(({ json }) => json);
