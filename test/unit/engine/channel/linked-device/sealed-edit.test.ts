import { createCipheriv, hkdfSync } from 'node:crypto';
import { openEdit, secretOf, sealedEditIn } from '../../../../../engine/channel/linked-device/sealed-edit';
import { ANA_LID, ANA_PHONE } from './wa-message';

const SECRET = Buffer.alloc(32, 9);
const WORDS = Buffer.from('a mensagem, codificada');

/** As the app of `editor` seals a change of what `author` wrote. */
function seal(author: string, editor: string, originalId = '3AAA01', use = 'Message Edit') {
	const key = hkdfSync('sha256', SECRET, Buffer.alloc(0), `${originalId}${author}${editor}${use}`, 32);
	const iv = Buffer.alloc(12, 3);
	const cipher = createCipheriv('aes-256-gcm', new Uint8Array(key), iv);
	return { originalId, iv, payload: Buffer.concat([cipher.update(WORDS), cipher.final(), cipher.getAuthTag()]) };
}

describe('a sealed edit', () => {
	it.each([
		[ANA_PHONE, ANA_PHONE],
		[ANA_LID, ANA_LID],
		[ANA_PHONE, ANA_LID],
	])('of %s by %s opens with the secret of the original, under whichever name it was sealed', (author, editor) => {
		expect(openEdit(seal(author, editor), SECRET, [ANA_PHONE, ANA_LID])).toEqual(WORDS);
	});

	it('does not open with another secret, for another message, another person or another use', () => {
		const names = [ANA_PHONE, ANA_LID];
		expect(openEdit(seal(ANA_LID, ANA_LID), Buffer.alloc(32, 8), names)).toBeNull();
		expect(openEdit({ ...seal(ANA_LID, ANA_LID), originalId: '3AAA02' }, SECRET, names)).toBeNull();
		expect(openEdit(seal('1@lid', '1@lid'), SECRET, names)).toBeNull();
		expect(openEdit(seal(ANA_LID, ANA_LID, '3AAA01', 'Event Edit'), SECRET, names)).toBeNull();
	});

	it.each([
		['nothing', { iv: Buffer.alloc(12), payload: Buffer.alloc(0) }],
		['too little', { iv: Buffer.alloc(12), payload: Buffer.alloc(16) }],
		['no beginning', { iv: Buffer.alloc(0), payload: Buffer.alloc(40) }],
		['nonsense', { iv: Buffer.alloc(900), payload: Buffer.alloc(40) }],
	])('of %s is no edit that opens', (_, part) => {
		expect(openEdit({ originalId: '3AAA01', ...part }, SECRET, [ANA_LID])).toBeNull();
	});
});

it('an edit names its original; what is sealed for another use is none', () => {
	const part = { targetMessageKey: { id: '3AAA01' }, encPayload: Buffer.alloc(40), encIv: Buffer.alloc(12) };
	expect(sealedEditIn({ secretEncryptedMessage: { ...part, secretEncType: 2 } })?.originalId).toBe('3AAA01');
	expect(sealedEditIn({ secretEncryptedMessage: { ...part, secretEncType: 1 } })).toBeNull();
	expect(sealedEditIn({ secretEncryptedMessage: { secretEncType: 2 } })).toBeNull();
	expect(sealedEditIn({})).toBeNull();
});

it('the secret of a message is read from what was stored of it', () => {
	const context = { messageSecret: SECRET.toString('base64') };
	expect(secretOf({ message: { messageContextInfo: context } })).toEqual(SECRET);
	expect(secretOf({ message: { conversation: 'Oi' } })).toBeNull();
	expect(secretOf(null)).toBeNull();
});
