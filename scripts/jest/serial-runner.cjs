// Runs a project's test files one after the other, in a process of their own: each of them starts servers and a browser.
const { default: JestRunner } = require('jest-runner');

module.exports = class SerialRunner extends JestRunner {
	constructor(globalConfig, context) {
		super({ ...globalConfig, maxWorkers: 1 }, context);
	}
};
