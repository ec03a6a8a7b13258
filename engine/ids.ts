import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
let lastTime = 0;
let counter = 0;

/**
 * A sortable id: prefix, 9 characters of milliseconds, 3 of a counter, 8 random.
 * Ids made later sort later within one process, which keeps index pages warm.
 */
export function newId(prefix: string, now: number): string {
	if (now > lastTime) {
		lastTime = now;
		counter = 0;
	} else {
		counter++;
		if (counter > 0x7fff) {
			lastTime++;
			counter = 0;
		}
	}
	return `${prefix}_${base32(lastTime, 9)}${base32(counter, 3)}${randomPart()}`;
}

/** Sorts before every id with this prefix that is made at `at` or later: a period in the order of ids. */
export function idFloor(prefix: string, at: number): string {
	return `${prefix}_${base32(Math.max(0, Math.floor(at)), 9)}`;
}

function base32(value: number, length: number): string {
	let text = '';
	for (let i = 0; i < length; i++) {
		text = ALPHABET[value % 32]! + text;
		value = Math.floor(value / 32);
	}
	return text;
}

// One system call serves many ids.
let pool = Buffer.alloc(0);
let poolAt = 0;

function randomPart(): string {
	if (poolAt + 8 > pool.length) {
		pool = randomBytes(4096);
		poolAt = 0;
	}
	let text = '';
	for (let i = 0; i < 8; i++) text += ALPHABET[pool[poolAt + i]! & 31];
	poolAt += 8;
	return text;
}
