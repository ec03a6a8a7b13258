// Runs unit tests before integration tests before e2e tests; inside a part, jest's own order (failed and long ones first).
const { default: TestSequencer } = require('@jest/test-sequencer');

const PARTS = ['unit', 'integration', 'e2e'];
const partOf = (test) => PARTS.indexOf(test.context.config.displayName?.name);

module.exports = class CheapestFirst extends TestSequencer {
	sort(tests) {
		return super.sort(tests).sort((a, b) => partOf(a) - partOf(b));
	}
};
