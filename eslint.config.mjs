import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const nodesBase = { 'n8n-nodes-base': n8nNodesBase };
const packageFiles = ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'];

export default tseslint.config(
	{
		ignores: [
			'dist/',
			'coverage/',
			'**/node_modules/',
			'scripts/n8n-runtime/',
			'.demo/',
			'.cache/',
			'test/e2e/artifacts/',
		],
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },

	// Everything we write.
	{ files: ['**/*.{ts,mjs}'], extends: [tseslint.configs.recommended] },
	{
		files: ['**/*.{ts,mjs}'],
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			// Heavy or order-sensitive modules are loaded when first needed; the compiler writes CommonJS anyway.
			'@typescript-eslint/no-require-imports': 'off',
			eqeqeq: ['error', 'smart'],
			'no-control-regex': 'error',
			'no-constant-condition': ['error', { checkLoops: false }],
			'no-empty': 'error',
			'no-self-assign': 'error',
			'no-unsafe-finally': 'error',
			'no-useless-escape': 'error',
		},
	},
	{
		files: ['engine/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
		// n8n's log is the only place where the desk may speak to an administrator.
		rules: { 'no-console': 'error' },
	},
	{
		files: ['test/**/*.ts'],
		// Answers of n8n, of pages and of the simulator are asserted as they come.
		rules: { '@typescript-eslint/no-explicit-any': 'off' },
	},

	// What n8n loads, and the package.json it reads.
	{
		files: packageFiles,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		plugins: n8nCommunityNodesPlugin.configs.recommendedWithoutN8nCloudSupport.plugins,
		rules: {
			...n8nCommunityNodesPlugin.configs.recommendedWithoutN8nCloudSupport.rules,
			// The desk keeps its own database and speaks HTTP: it cannot do without kysely, pg, axios and their like.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: nodesBase,
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// These want the text 'main', where the newer community rules (rightly) want NodeConnectionTypes.Main.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-inputs-wrong-trigger-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// The type INodeProperties demands a default already; the rule cannot read one that is computed.
			'n8n-nodes-base/node-param-default-missing': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: nodesBase,
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// Wants the short names that n8n's own pages have; a community package gives a full address.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{ files: ['package.json'], plugins: nodesBase, rules: n8nNodesBase.configs.community.rules },
);
