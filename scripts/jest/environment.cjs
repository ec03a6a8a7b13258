// Node as it is, and one door out of jest's module system: Baileys is an ES module, which jest cannot require.
// It is loaded by Node itself, once for all test files of a process; baileys.cjs hands it to who imports it.
const { TestEnvironment } = require('jest-environment-node');

// Out there its libsignal prints to the process's own console: whole sessions, while everything is fine.
const CHATTER =
	/^(Closing session|Opening session|Removing old closed session|Session already|Closing open session|Decrypted message with closed|Failed to decrypt message|Session error:)/;
for (const level of ['info', 'warn', 'error']) {
	const print = console[level];
	console[level] = (...words) => CHATTER.test(String(words[0])) || print.apply(console, words);
}

module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.requireOutsideJest = require;
	}
};
