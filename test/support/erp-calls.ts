// Requests of an ERP as they come in. Asaas speaks here: its bodies are short and its check is one header.
import { ERP_PRESETS, type ErpCall } from '../../engine';

export const ERP_SECRET = 'um-segredo-bem-comprido';
export const SOURCE = 'fluxoErp00000001/no-erp';

export interface Charge {
	/** Names the delivery. */
	id?: string;
	event?: string;
	payment?: string;
	value?: number;
	dueDate?: string;
	/** "2026-03-10 10:00:00", Brasília */
	dateCreated?: string;
}

export function asaasBody({
	id = 'evt_1',
	event = 'PAYMENT_RECEIVED',
	payment = 'pay_1',
	value = 1234.5,
	dueDate = '2026-03-10',
	dateCreated,
}: Charge = {}): string {
	return JSON.stringify({ id, event, dateCreated, payment: { id: payment, customer: 'cus_1', value, dueDate } });
}

export const ASAAS_HEADERS = { 'content-type': 'application/json', 'asaas-access-token': ERP_SECRET };

/** The request as the engine gets it, signed unless `changes` says otherwise. */
export function erpCall(body: string | Buffer, changes: Partial<ErpCall> = {}): ErpCall {
	return {
		source: SOURCE,
		preset: ERP_PRESETS.asaas,
		request: { headers: ASAAS_HEADERS, query: {}, body: Buffer.from(body as string) },
		secrets: { secret: ERP_SECRET, account: '' },
		options: {},
		kinds: null,
		test: false,
		...changes,
	};
}
