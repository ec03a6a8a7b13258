import { proto } from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { readMessage } from '../../../../../engine/channel/linked-device/read-message';
import { readReceipt, readUpdate } from '../../../../../engine/channel/linked-device/read-receipt';
import { readMediaHandle } from '../../../../../engine/channel/linked-device/media-handle';
import { readVcard } from '../../../../../engine/channel/linked-device/vcard';
import { ANA_PHONE, fromAna, NOW, OWN } from './wa-message';

const anything = fc.anything({
	withBigInt: true,
	withDate: true,
	withMap: true,
	withNullPrototype: true,
	withSparseArray: true,
	withTypedArray: true,
});
const KINDS = Object.keys(proto.Message.prototype).filter(
	(name) => typeof (proto.Message.prototype as never)[name] !== 'function',
);

describe('reading anything', () => {
	it('never throws on any value, as message, update, receipt, file or card', () => {
		fc.assert(
			fc.property(anything, fc.string(), (value, text) => {
				readMessage(value as never, OWN, 'notify', NOW);
				readUpdate(value, NOW);
				readReceipt(value, NOW);
				readUpdate({ key: value, update: value }, NOW);
				readReceipt({ key: { fromMe: true, id: '1' }, receipt: value }, NOW);
				readMediaHandle(text);
				readVcard(text, '');
			}),
			{ numRuns: 1_000 },
		);
	});

	it('makes of every kind of message that WhatsApp knows an event or nothing, whatever is in it (D-31)', () => {
		expect(KINDS.length).toBeGreaterThan(90);
		fc.assert(
			fc.property(fc.constantFrom(...KINDS), anything, (kind, value) => {
				const event = readMessage({ ...fromAna(undefined), message: { [kind]: value } } as never, OWN, 'notify', NOW);
				if (event) expect(() => JSON.stringify(event)).not.toThrow();
			}),
			{ numRuns: 3_000 },
		);
	});

	it('stops at messages that hold themselves', () => {
		const circle: Record<string, unknown> = { conversation: null };
		circle.ephemeralMessage = { message: circle };
		expect(readMessage({ ...fromAna(undefined), message: circle } as never, OWN, 'notify', NOW)).toBeNull();
		const edits: Record<string, unknown> = {};
		edits.protocolMessage = { type: 14, key: { id: 'A' }, editedMessage: edits };
		const event = readMessage({ ...fromAna(undefined), message: edits } as never, OWN, 'notify', NOW);
		expect(event).toMatchObject({ type: 'message', content: { providerType: 'edit', text: '' } });
	});

	it('takes out what PostgreSQL cannot store', () => {
		const event = readMessage(fromAna({ conversation: 'a\u0000b' }), OWN, 'notify', NOW);
		expect(event).toMatchObject({ sender: { address: ANA_PHONE }, content: { text: 'ab' } });
	});
});
