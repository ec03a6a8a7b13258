const swc = [
	'@swc/jest',
	{ jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
];

const project = (displayName, extra = {}) => ({
	displayName,
	testEnvironment: 'node',
	transform: { '^.+\\.(ts|mjs)$': swc },
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	...extra,
});

module.exports = {
	projects: [
		project('unit'),
		project('integration'),
		project('e2e', { runner: '<rootDir>/scripts/jest/serial-runner.cjs', testTimeout: 180_000 }),
	],
};
