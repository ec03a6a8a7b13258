/** libsignal prints whole sessions, keys and all, while everything is fine; and failures that the caller handles. */
const CHATTER =
	/^(Closing session|Opening session|Removing old closed session|Session already|Closing open session in favor|Decrypted message with closed|Failed to decrypt message with any|Session error:)/;

let quiet = false;

export function quietSignal(): void {
	if (quiet) return;
	quiet = true;
	for (const level of ['info', 'warn', 'error'] as const) {
		const print = console[level];
		console[level] = (...words: unknown[]) => {
			if (!CHATTER.test(String(words[0]))) print.apply(console, words);
		};
	}
}
