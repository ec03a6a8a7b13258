/** Deliveries of ERPs as they come in: sample bodies and the requests around them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PRESETS } from '../../engine/erp/presets';
import type {
	ErpEvent,
	ErpFact,
	ErpReading,
	ErpReadOptions,
	ErpRequest,
	ErpSecrets,
	ErpSystem,
} from '../../engine/erp/types';

const FOLDER = join(__dirname, '../fixtures/erp');

/** The bytes of a sample body, e.g. `asaas-payment-overdue`. */
export const erpSample = (name: string): Buffer => readFileSync(join(FOLDER, `${name}.json`));
export const erpSampleNames = (): string[] =>
	readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.slice(0, -'.json'.length))
		.sort();

/** Which ERP a sample is of, by the beginning of its name. */
export function systemOfSample(name: string): ErpSystem {
	const system = (Object.keys(PRESETS) as ErpSystem[]).find((each) =>
		name.startsWith(each.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)),
	);
	if (system === undefined) throw new Error(`no ERP for the sample ${name}`);
	return system;
}

export function erpRequest(body: unknown, around: Partial<Omit<ErpRequest, 'body'>> = {}): ErpRequest {
	return {
		headers: {},
		query: {},
		...around,
		body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
	};
}

export const readErp = (
	system: ErpSystem,
	body: unknown,
	options: ErpReadOptions = {},
	headers: ErpRequest['headers'] = {},
): ErpReading => PRESETS[system].read(erpRequest(body, { headers }), options, Date.parse('2026-11-20T12:00:00Z'));

export const checkErp = (system: ErpSystem, request: ErpRequest, secrets: Partial<ErpSecrets> = {}) =>
	PRESETS[system].check(request, { secret: 's3gredo', account: '', ...secrets });

/** The facts of a reading; fails when nothing could be read. */
export function factsOf(reading: ErpReading): ErpFact[] {
	if (reading.type !== 'read') throw new Error(reading.reason);
	return reading.facts;
}

/** The only fact of a reading, an event. */
export function onlyEvent(reading: ErpReading): Extract<ErpFact, { type: 'event' }> {
	const [fact, ...others] = factsOf(reading);
	if (fact?.type !== 'event' || others.length > 0) throw new Error(`not one event: ${JSON.stringify(reading)}`);
	return fact;
}

export const eventsOf = (reading: ErpReading): ErpEvent[] =>
	factsOf(reading).flatMap((fact) => (fact.type === 'event' ? [fact.event] : []));

/** An event with nothing said, to be spread into what a test expects. */
export const BLANK_EVENT = {
	occurredAt: null,
	customer: { id: null, name: null, document: null, phone: null, email: null },
	amountCents: null,
	dueDate: null,
	number: null,
	status: null,
	description: null,
	links: { invoice: null, boleto: null, tracking: null },
	boleto: null,
	pix: null,
	related: { serviceOrder: null, order: null, txid: null, installment: null },
};
