// Fails a run in which a test was skipped: what a machine cannot run must not look as if it had passed.
module.exports = class NoSkips {
	#error;

	onRunComplete(_contexts, results) {
		const skipped = results.numPendingTests + results.numTodoTests + results.numPendingTestSuites;
		if (skipped === 0 && results.numTotalTests > 0) return;
		this.#error = new Error(
			skipped > 0 ? `${skipped} tests or files were skipped; here every test has to run` : 'No test was run',
		);
		console.error(`\n${this.#error.message}`);
	}

	getLastError() {
		return this.#error;
	}
};
