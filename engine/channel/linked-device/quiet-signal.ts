/**
 * libsignal tells the console about every session it opens, closes or throws away, and hands it the whole session: with its root
 * key, its chains and the private key of the ratchet. Whoever reads n8n's log could read the customers' messages. These calls are
 * dropped, and nothing else: all of libsignal/src/session_record.js (version 6.0.0) that prints a session is below.
 */

type Method = 'info' | 'warn';
type Console = Record<Method, (...args: unknown[]) => void>;

/** Each is followed by the session and nothing else. */
const SESSION_LINES: Readonly<Record<Method, readonly string[]>> = {
	info: ['Closing session:', 'Opening session:', 'Removing old closed session:'],
	warn: ['Session already closed'],
};

/** Known by every copy of this code: n8n forgets loaded modules when a package is updated. */
const FILTER = Symbol.for('n8n-nodes-whatsapp-desk.quiet-signal');

/** To be called before the first socket opens; calling it again changes nothing. */
export function quietSignal(target: Console = console as unknown as Console): void {
	for (const method of Object.keys(SESSION_LINES) as Method[]) {
		const original = target[method];
		if (FILTER in original) continue;
		const filtered = function (this: unknown, ...args: unknown[]) {
			if (!printsSession(method, args)) original.apply(this, args);
		};
		target[method] = Object.defineProperty(filtered, FILTER, { value: true });
	}
}

// ---------------------------------------------------------------- helpers

function printsSession(method: Method, [line, session, ...more]: readonly unknown[]): boolean {
	return SESSION_LINES[method].includes(line as string) && typeof session === 'object' && more.length === 0;
}
