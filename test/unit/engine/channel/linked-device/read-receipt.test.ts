import { readReceipt, readUpdate } from '../../../../../engine/channel/linked-device/read-receipt';
import { ANA_LID, ANA_PHONE, NOW, SENT_AT } from './wa-message';

const key = { remoteJid: ANA_PHONE, id: '3EB0AA', fromMe: true };
const update = (change: object, of: object = key) => readUpdate({ key: of, update: change }, NOW);

describe('what became of our message', () => {
	it.each([
		[2, 'sent'],
		[3, 'delivered'],
		[4, 'read'],
		[5, 'played'],
	])('status %d is %s', (status, word) => {
		expect(update({ status, messageTimestamp: SENT_AT / 1000 })).toMatchObject({
			type: 'status',
			providerMessageId: '3EB0AA',
			status: word,
			at: SENT_AT,
			recipient: { address: ANA_PHONE, waId: '5511987654321' },
			error: null,
		});
	});

	it('names its reader by LID where the chat does', () => {
		expect(update({ status: 3 }, { ...key, remoteJid: ANA_LID })!.recipient).toMatchObject({
			waId: null,
			lid: ANA_LID,
		});
	});

	it.each([
		[463, 'O WhatsApp não deixa este número iniciar conversas agora'],
		[479, 'O WhatsApp recusou a mensagem por causa do vínculo deste aparelho'],
		[405, 'O WhatsApp não aceita este tipo de mensagem'],
		[499, 'O WhatsApp não entregou a mensagem (código 499)'],
	])('an answer of %d failed it, in Portuguese', (code, sentence) => {
		const failed = update({ status: 0, messageStubParameters: [String(code)] })!;
		expect([failed.status, failed.at, failed.error!.code]).toEqual(['failed', NOW, code]);
		expect(failed.error!.details).toContain(sentence);
	});

	it('fails without a code too', () => {
		expect(update({ status: 0 })!.error).toMatchObject({ code: 'unknown', title: 'Recusada pelo WhatsApp (unknown)' });
	});

	it('is not told by "on its way", by edits, nor about the messages of others', () => {
		expect(update({ status: 1 })).toBeNull();
		expect(update({ message: { editedMessage: {} } })).toBeNull();
		expect(update({ status: 4 }, { ...key, fromMe: false })).toBeNull();
	});

	it('is the furthest that one reader did', () => {
		const receipt = (times: object) => readReceipt({ key, receipt: { userJid: ANA_PHONE, ...times } }, NOW);
		expect(receipt({ receiptTimestamp: 1773147600 })).toMatchObject({ status: 'delivered', at: SENT_AT });
		expect(receipt({ receiptTimestamp: 1, readTimestamp: 1773147600 })).toMatchObject({ status: 'read', at: SENT_AT });
		expect(receipt({})).toBeNull();
	});
});
