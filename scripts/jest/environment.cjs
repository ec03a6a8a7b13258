// Node as it is, and one door out of jest's module system: Baileys is an ES module, which jest cannot require.
// It is loaded by Node itself, once for all test files of a process; baileys.cjs hands it to who imports it.
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.requireOutsideJest = require;
	}
};
