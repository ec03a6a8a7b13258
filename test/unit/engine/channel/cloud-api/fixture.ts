import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWebhook } from '../../../../../engine/channel/cloud-api/parse';
import type { EchoEvent, IdentityEvent, InboundEvent, MessageEvent, StatusEvent } from '../../../../../engine/model';

export const RECEIVED_AT = Date.UTC(2026, 8, 22, 12, 0, 0);
export const NUMBER_ID = '100200300400500';

export function fixture(name: string): any {
	return JSON.parse(readFileSync(join(__dirname, '../../../../fixtures/cloud-api', `${name}.json`), 'utf8'));
}

/** The single event of a fixture; fails when there is another one or something was rejected. */
export function eventOf(name: string): InboundEvent {
	const parsed = parseWebhook(fixture(name), RECEIVED_AT);
	expect(parsed.rejected).toEqual([]);
	expect(parsed.events).toHaveLength(1);
	return parsed.events[0]!.event;
}

export const messageOf = (name: string) => as<MessageEvent>('message', name);
export const statusOf = (name: string) => as<StatusEvent>('status', name);
export const echoOf = (name: string) => as<EchoEvent>('echo', name);
export const identityOf = (name: string) => as<IdentityEvent>('identity', name);

function as<Event extends InboundEvent>(type: Event['type'], name: string): Event {
	const event = eventOf(name);
	expect(event.type).toBe(type);
	return event as Event;
}
