import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Is this the password? Always the same work, whatever was typed: guessing is slow, and how long the answer takes says nothing.
 * The password itself rests in n8n's credential, encrypted; here it is only compared.
 */
export class PasswordCheck {
	readonly #salt = randomBytes(16);
	#known: { password: string; key: Promise<Buffer> } | null = null;
	#running = 0;

	/** `busy`: too many are being checked; each costs memory and a core. */
	async check(typed: string, password: string): Promise<'right' | 'wrong' | 'busy'> {
		if (this.#running >= AT_ONCE) return 'busy';
		this.#running++;
		try {
			const [given, expected] = await Promise.all([this.#derive(typed), this.#expected(password)]);
			return timingSafeEqual(given, expected) ? 'right' : 'wrong';
		} finally {
			this.#running--;
		}
	}

	#expected(password: string): Promise<Buffer> {
		if (this.#known?.password !== password) this.#known = { password, key: this.#derive(password) };
		return this.#known.key;
	}

	/** Accents may be typed in one or two characters, depending on the keyboard. */
	#derive(password: string): Promise<Buffer> {
		return derive(password.normalize('NFKC'), this.#salt, KEY_BYTES, { N: 2 ** 14, r: 8, p: 1 });
	}
}

/** Shorter ones can be guessed even slowly. */
export const SHORTEST_PASSWORD = 8;

const AT_ONCE = 4;
const KEY_BYTES = 32;
const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);
