import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ICredentialType, INodeType, IconFile } from 'n8n-workflow';
import packageJson from '../../package.json';
import { className, packageProblems, sources, treeOf } from '../support/package-check';
import type { PackageJson, Tree } from '../support/package-check';

const root = join(__dirname, '../..');

const load = <T>(path: string): T => {
	const loaded = require(join(root, path)) as Record<string, new () => T>;
	return new loaded[className(path)]!();
};

describe('the package', () => {
	it('lists what is there, in the way n8n loads it', () => {
		expect(packageProblems(packageJson, treeOf(root))).toEqual([]);
	});

	it.each(sources(packageJson.n8n.nodes))('%s can be made, has its icons and tests its credentials', (path) => {
		const { description, methods } = load<INodeType>(path);
		expect(description.name).toBe(className(path)[0]!.toLowerCase() + className(path).slice(1));
		expectIcons(path, description.icon);
		for (const { testedBy } of description.credentials ?? []) {
			if (typeof testedBy === 'string') expect(methods?.credentialTest?.[testedBy]).toBeInstanceOf(Function);
		}
		const known = sources(packageJson.n8n.credentials).map((file) => load<ICredentialType>(file).name);
		expect(known).toEqual(expect.arrayContaining((description.credentials ?? []).map(({ name }) => name)));
	});

	it.each(sources(packageJson.n8n.credentials))('%s can be made, has its icons and explains every field', (path) => {
		const credential = load<ICredentialType>(path);
		expectIcons(path, credential.icon);
		for (const field of credential.properties.filter(({ type }) => type !== 'notice')) {
			expect([field.name, field.description?.length, field.placeholder]).toEqual([
				field.name,
				expect.any(Number),
				expect.stringContaining('e.g.'),
			]);
		}
	});

	it('ships importable workflows and what the compiler leaves out', () => {
		const published = packageJson.files;
		const needed = ['dist/nodes', 'dist/engine', 'dist/credentials', 'dist/icons', 'workflows'];
		const covered = (folder: string) => published.some((file) => folder === file || folder.startsWith(`${file}/`));
		expect(needed.filter((folder) => !covered(folder))).toEqual([]);
		expect(packageJson.keywords).toContain('n8n-community-node-package');
		expect(packageJson.name).toMatch(/^n8n-nodes-/);
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});
});

describe('the checks of the package', () => {
	const sound: PackageJson = {
		name: 'n8n-nodes-x',
		files: ['dist'],
		dependencies: { pg: '8.0.0' },
		n8n: {
			n8nNodesApiVersion: 1,
			nodes: ['dist/nodes/A/A.node.js'],
			credentials: ['dist/credentials/BApi.credentials.js'],
		},
	};
	const files: Record<string, string> = {
		'nodes/A/A.node.ts': 'export class A implements INodeType {}',
		'nodes/A/A.node.json': '{ "node": "n8n-nodes-whatsapp-desk.a", "categories": ["Communication"] }',
		'credentials/BApi.credentials.ts': 'export class BApi implements ICredentialType {}',
		'icons/a.svg': '',
		'icons/a.dark.svg': '',
	};
	const tree = (changed: Record<string, string | null>): Tree => {
		const now = Object.entries({ ...files, ...changed }).filter(([, text]) => text !== null) as Array<[string, string]>;
		const texts = new Map(now);
		return {
			has: (path) => texts.has(path),
			text: (path) => texts.get(path)!,
			list: (folder) => [...texts.keys()].filter((path) => path.startsWith(`${folder}/`)),
		};
	};

	it('finds nothing wrong with a sound package', () => {
		expect(packageProblems(sound, tree({}))).toEqual([]);
	});

	it.each<[Record<string, string | null>, string]>([
		[{ 'nodes/A/A.node.ts': null }, 'nodes/A/A.node.ts does not exist'],
		[{ 'nodes/A/A.node.ts': 'export class B {}' }, 'nodes/A/A.node.ts does not export the class A'],
		[
			{ 'nodes/A/A.node.json': null },
			'nodes/A/A.node.json does not exist: without it the node is found by its name only',
		],
		[
			{ 'nodes/A/A.node.json': '{"node":"x.a","categories":["y"]}' },
			'nodes/A/A.node.json is for "x.a", not "n8n-nodes-whatsapp-desk.a"',
		],
		[{ 'nodes/A/A.node.json': '{"node":"n8n-nodes-whatsapp-desk.a"}' }, 'nodes/A/A.node.json has no categories'],
		[{ 'nodes/C/C.node.ts': '' }, 'nodes/C/C.node.ts is not listed in the n8n block of package.json'],
		[
			{ 'credentials/CApi.credentials.ts': '' },
			'credentials/CApi.credentials.ts is not listed in the n8n block of package.json',
		],
		[{ 'icons/a.dark.svg': null }, 'icons/a.svg has no dark counterpart'],
		[{ 'icons/a.svg': null }, 'icons/a.dark.svg has no light counterpart'],
	])('with %j finds: %s', (changed, problem) => {
		expect(packageProblems(sound, tree(changed))).toEqual([problem]);
	});

	it.each<[Partial<PackageJson>, string]>([
		[{ n8n: undefined }, 'package.json has no "n8n" block'],
		[
			{ files: ['dist/nodes'] },
			'dist/credentials/BApi.credentials.js is not covered by "files", so it would not be published',
		],
		[{ scripts: { postinstall: 'x' } }, 'script "postinstall": n8n installs packages with scripts disabled'],
		[{ scripts: { prepare: 'x' } }, 'script "prepare": n8n installs packages with scripts disabled'],
		[{ dependencies: { pg: '^8.0.0' } }, 'pg@^8.0.0: n8n ignores our lockfile, so versions are exact'],
	])('with %j finds: %s', (changed, problem) => {
		expect(packageProblems({ ...sound, ...changed }, tree({}))).toEqual([problem]);
	});
});

/** Light and dark, different files, and both in the package. */
function expectIcons(path: string, icon: unknown): void {
	const { light, dark } = icon as { light: IconFile; dark: IconFile };
	expect(light).not.toBe(dark);
	for (const file of [light, dark]) {
		const target = join(root, dirname(path), file.replace(/^file:/, ''));
		expect([file, existsSync(target)]).toEqual([file, true]);
	}
}
