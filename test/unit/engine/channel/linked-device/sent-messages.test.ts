import { messageIdOf } from '../../../../../engine/channel/linked-device/sent-messages';
import { newId } from '../../../../../engine/ids';

describe('the WhatsApp id of a message in the outbox', () => {
	it('is the same whenever it is asked for, so that a message sent again is seen once', () => {
		expect(messageIdOf('out_01hzy')).toBe('3EB0C282AD57070B38AD47');
		expect(messageIdOf('out_01hzy')).toBe(messageIdOf('out_01hzy'));
	});

	it('looks like one that WhatsApp Web makes, and differs from message to message', () => {
		const ids = Array.from({ length: 1_000 }, (_, i) => messageIdOf(newId('out', 1_773_144_000_000 + i)));
		expect(new Set(ids).size).toBe(1_000);
		expect(ids.every((id) => /^3EB0[0-9A-F]{18}$/.test(id))).toBe(true);
	});
});
