import fc from 'fast-check';
import { openVault, type Vault } from '../../../../../engine/channel/linked-device/vault';

const CHANNEL = 'linkedDevice:atendimento';
const KEY = 'uma chave longa que ninguém adivinha';
const text = fc.string({ unit: 'binary', maxLength: 300 });

describe('the vault of a linked device', () => {
	let vault: Vault;
	beforeAll(async () => void (vault = await openVault(CHANNEL, KEY)));

	it('gives back every text that was put in', () => {
		fc.assert(
			fc.property(text, text, text, (category, id, secret) => {
				expect(vault.open(category, id, vault.seal(category, id, secret))).toBe(secret);
			}),
		);
	});

	it('notices any byte that was changed, left out or added', () => {
		const change = fc.constantFrom('changed', 'left out', 'added');
		fc.assert(
			fc.property(text, fc.nat(), fc.integer({ min: 1, max: 255 }), change, (secret, place, flip, how) => {
				const sealed = vault.seal('session', '551187654321.0', secret);
				const at = place % sealed.length;
				const rest = sealed.subarray(at + 1);
				const middle = { changed: [sealed[at]! ^ flip], 'left out': [], added: [sealed[at]!, flip] }[how];
				const damaged = Buffer.concat([sealed.subarray(0, at), Buffer.from(middle), rest]);
				expect(vault.open('session', '551187654321.0', damaged)).toBeNull();
			}),
			{ numRuns: 500 },
		);
	});

	it('notices a secret that was moved to another place', async () => {
		const sealed = vault.seal('session', '551187654321.0', 'ratchet');
		const other = await openVault('linkedDevice:vendas', KEY);
		expect(vault.open('session', '551187654322.0', sealed)).toBeNull();
		expect(vault.open('session5', '51187654321.0', sealed)).toBeNull();
		expect(vault.open('identity-key', '551187654321.0', sealed)).toBeNull();
		expect(other.open('session', '551187654321.0', sealed)).toBeNull();
	});

	it('opens with the same key only, in any process', async () => {
		const sealed = vault.seal('creds', 'creds', 'noise key');
		// Sealed by the first version of this code: what is stored must stay readable.
		const once = Buffer.from(ONCE, 'base64');
		expect((await openVault(CHANNEL, KEY)).open('creds', 'creds', sealed)).toBe('noise key');
		expect((await openVault(CHANNEL, `${KEY} `)).open('creds', 'creds', sealed)).toBeNull();
		expect(vault.open('creds', 'creds', once)).toBe('noise key');
	});

	it('seals the same text differently every time and shows nothing of it', () => {
		const sealed = Array.from({ length: 100 }, () => vault.seal('creds', 'creds', 'noise key').toString('latin1'));
		expect(new Set(sealed).size).toBe(100);
		expect(sealed.some((each) => each.includes('noise'))).toBe(false);
	});

	it('cannot read a format of tomorrow, nor an empty row', () => {
		const sealed = vault.seal('creds', 'creds', 'noise key');
		sealed[0] = 2;
		expect(vault.open('creds', 'creds', sealed)).toBeNull();
		expect(vault.open('creds', 'creds', new Uint8Array())).toBeNull();
	});

	it('refuses an empty session key, and says which field is empty', async () => {
		await expect(openVault(CHANNEL, '')).rejects.toMatchObject({ name: 'ConfigurationError', field: 'sessionKey' });
	});
});

const ONCE = 'AcyzuhyEzj3zs/zvPTgbdn3CQ/zGuKu3Lh5FHOO5Z3nkJRlTZG4=';
