const swc = [
	'@swc/jest',
	{ jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
];

const project = (displayName, extra = {}) => ({
	displayName,
	testEnvironment: '<rootDir>/scripts/jest/environment.cjs',
	moduleNameMapper: { '^@whiskeysockets/baileys$': '<rootDir>/scripts/jest/baileys.cjs' },
	transform: { '^.+\\.(ts|mjs)$': swc },
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	...extra,
});

const patient = { setupFilesAfterEnv: ['<rootDir>/scripts/jest/patience.cjs'] };

module.exports = {
	projects: [
		project('unit'),
		project('integration', patient),
		project('e2e', { ...patient, runner: '<rootDir>/scripts/jest/serial-runner.cjs' }),
	],
};
