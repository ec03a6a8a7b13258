import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseWebhook } from '../../../../../engine/channel/cloud-api/parse';
import { fixture, RECEIVED_AT } from './fixture';

const NAMES = readdirSync(join(__dirname, '../../../../fixtures/cloud-api')).map((file) => file.replace('.json', ''));

/** Every place of a value that can be replaced, as a setter. */
function placesOf(value: any): Array<(replacement: unknown) => void> {
	if (typeof value !== 'object' || value === null) return [];
	return Object.keys(value).flatMap((key) => [(to: unknown) => void (value[key] = to), ...placesOf(value[key])]);
}

describe('reading anything', () => {
	it('never throws on any JSON', () => {
		fc.assert(fc.property(fc.jsonValue(), (body) => void parseWebhook(body, RECEIVED_AT)));
	});

	it('never throws, and never loses the neighbour, when any one part of an event is replaced by any JSON (D-31)', () => {
		const neighbour = fixture('text').entry[0];
		fc.assert(
			fc.property(fc.constantFrom(...NAMES), fc.nat(), fc.jsonValue(), (name, at, replacement) => {
				const body = fixture(name);
				const places = placesOf(body.entry);
				places[at % places.length]!(replacement);
				body.entry.push(neighbour);
				const { events } = parseWebhook(body, RECEIVED_AT);
				const last = events.at(-1)!.event;
				expect(last.type === 'message' && last.providerMessageId).toBe('wamid.TEXTO');
			}),
			{ numRuns: 2000 },
		);
	});
});
