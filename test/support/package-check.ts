/**
 * Does package.json say what is in the tree, in the way n8n loads it? Looks at files and their text only; the classes
 * themselves are loaded by package.test.ts.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface PackageJson {
	name: string;
	files?: string[];
	scripts?: Record<string, string>;
	dependencies?: Record<string, string>;
	n8n?: { n8nNodesApiVersion: number; strict?: boolean; nodes: string[]; credentials: string[] };
}

/** The part of the file system a check needs, so that tests can make one up. */
export interface Tree {
	has(path: string): boolean;
	text(path: string): string;
	/** Paths of all files under a folder, relative to the project's root. */
	list(folder: string): string[];
}

const LIFECYCLE = /^(pre|post)?(install|pack|publish|prepare|uninstall)$|^(prepublishOnly|dependencies)$/;

/** One sentence per thing that would not work once installed. */
export function packageProblems(packageJson: PackageJson, tree: Tree): string[] {
	const { n8n, files = [], scripts = {}, dependencies = {} } = packageJson;
	if (!n8n) return ['package.json has no "n8n" block'];
	const nodes = sources(n8n.nodes);
	const credentials = sources(n8n.credentials);
	return [
		...[...nodes, ...credentials].flatMap((path) => missingClass(path, tree)),
		...nodes.flatMap((path) => missingCodex(path, tree)),
		...unlisted(tree.list('nodes'), '.node.ts', nodes),
		...unlisted(tree.list('credentials'), '.credentials.ts', credentials),
		...tree
			.list('icons')
			.filter((path) => path.endsWith('.svg') && !tree.has(counterpart(path)))
			.map((path) => `${path} has no ${path.endsWith('.dark.svg') ? 'light' : 'dark'} counterpart`),
		...[...n8n.nodes, ...n8n.credentials]
			.filter((path) => !files.some((file) => path === file || path.startsWith(`${file.replace(/\/$/, '')}/`)))
			.map((path) => `${path} is not covered by "files", so it would not be published`),
		...Object.keys(scripts)
			.filter((name) => LIFECYCLE.test(name))
			.map((name) => `script "${name}": n8n installs packages with scripts disabled`),
		...Object.entries(dependencies)
			.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
			.map(([name, version]) => `${name}@${version}: n8n ignores our lockfile, so versions are exact`),
	];
}

export function treeOf(root: string): Tree {
	return {
		has: (path) => existsSync(join(root, path)),
		text: (path) => readFileSync(join(root, path), 'utf8'),
		list: (folder) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
	};
}

/** dist/nodes/A/A.node.js → nodes/A/A.node.ts */
export function sources(built: string[]): string[] {
	return built.map((path) => path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
}

/** n8n makes an instance of the class named like the file, up to its first dot. */
export function className(path: string): string {
	return basename(path).split('.')[0]!;
}

function missingClass(path: string, tree: Tree): string[] {
	if (!tree.has(path)) return [`${path} does not exist`];
	if (tree.text(path).includes(`export class ${className(path)} `)) return [];
	return [`${path} does not export the class ${className(path)}`];
}

function missingCodex(path: string, tree: Tree): string[] {
	const codex = path.replace(/\.ts$/, '.json');
	if (!tree.has(codex)) return [`${codex} does not exist: without it the node is found by its name only`];
	const { node, categories } = JSON.parse(tree.text(codex)) as { node?: string; categories?: string[] };
	const name = className(path);
	const expected = `n8n-nodes-whatsapp-desk.${name[0]!.toLowerCase()}${name.slice(1)}`;
	return [
		...(node === expected ? [] : [`${codex} is for "${node}", not "${expected}"`]),
		...(categories?.length ? [] : [`${codex} has no categories`]),
	];
}

function unlisted(paths: string[], ending: string, listed: string[]): string[] {
	return paths
		.filter((path) => path.endsWith(ending) && !listed.includes(path))
		.map((path) => `${path} is not listed in the n8n block of package.json`);
}

function counterpart(icon: string): string {
	return icon.endsWith('.dark.svg') ? icon.replace(/\.dark\.svg$/, '.svg') : icon.replace(/\.svg$/, '.dark.svg');
}
