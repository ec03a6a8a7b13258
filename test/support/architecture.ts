/**
 * Which import, file or text breaks the layout of the project? Reads source text only, so that tests can feed it
 * made-up files and see every rule fail.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

export interface SourceText {
	/** From the project's root, with '/'. */
	path: string;
	text: string;
}

export interface Packages {
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
}

/** Leaves: the words and tools everything may use. Any other file directly in engine/ assembles the rest. */
const LEAVES = /^engine\/(model(-[\w-]+)?|clock|ids|errors|text|phone(-\w+)?)\.ts$/;

/** engine/conversation is pure rules, but for the files that read and write the store. */
const CONVERSATION_SERVICE = [
	'apply-effects',
	'desk-events',
	'fill-quick-replies',
	'operations',
	'route',
	'router-desk',
	'rows',
	'seats',
	'send',
	'steps',
	'timers',
];

/** Folders of engine/ by layer; a layer may import those before it, and itself without going in circles. */
const LAYERS: string[][] = [
	['leaves'],
	['business-hours', 'brazil', 'dunning', 'erp', 'conversation rules'],
	['store', 'channel'],
	[
		'settings',
		'timeline',
		'contact',
		'consent',
		'media',
		'queue',
		'usage',
		'template',
		'quick-reply',
		'ticket',
		'receivable',
		'document',
		'erp-inbox',
		'outbox',
		'inbound',
		'diagnose',
	],
	['conversation'],
	['console'],
	['assembly'],
];

const LONGEST_FILE = 400;
/** Data tables may be longer. */
const DATA_TABLES: string[] = [];

const SQL_CLOCK = /\bnow\(\)|\bcurrent_(timestamp|date|time)\b|'now'|\bunixepoch\(\s*\)/i;

/** One sentence per broken rule, with the file in front. */
export function brokenRules(files: SourceText[], packages: Packages): string[] {
	const parsed = files.map((file) => ({ ...file, ...read(file) }));
	return [
		...parsed.flatMap((file) => brokenIn(file, packages).map((why) => `${file.path}: ${why}`)),
		...circles(parsed),
	];
}

/** Every source file that ships, and the tests. */
export function projectSources(root: string): SourceText[] {
	return ['engine', 'nodes', 'credentials', 'simulator', 'test'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
			.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
			.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
	);
}

interface Import {
	from: string;
	/** The file it points to ('engine/ids.ts'); null for packages. */
	file: string | null;
	typeOnly: boolean;
}

interface Parsed extends SourceText {
	imports: Import[];
	literals: string[];
	readsClock: boolean;
	onlyReExports: boolean;
}

function brokenIn(file: Parsed, packages: Packages): string[] {
	const { path } = file;
	const found = file.imports.map((each) => brokenImport(path, each, packages)).filter((why) => why !== null);
	if (path !== 'engine/index.ts' && !path.startsWith('test/')) {
		if (/(^|\/)index\.ts$/.test(path) || file.onlyReExports) found.push('only engine/index.ts may be a barrel');
	}
	const lines = file.text.split('\n').length - 1;
	if (lines > LONGEST_FILE && !DATA_TABLES.includes(path)) {
		found.push(`has ${lines} lines, ${LONGEST_FILE} are the most: split it, or list it as a data table`);
	}
	if (path.startsWith('engine/')) {
		if (layerOf(unitOf(path)) < 0) {
			found.push(`engine/${unitOf(path)} is a new folder: say in test/support/architecture.ts which layer it is`);
		}
		if (file.literals.some((literal) => SQL_CLOCK.test(literal)))
			found.push('SQL must not ask the database for the time');
		if (file.readsClock && path !== 'engine/clock.ts')
			found.push('time is an argument: only engine/clock.ts reads the clock');
	}
	return found;
}

function brokenImport(path: string, { from, file, typeOnly }: Import, packages: Packages): string | null {
	if (path.startsWith('test/')) return null;
	if (file === null) return brokenPackage(path, from, typeOnly, packages);

	const [area, to] = [areaOf(path), areaOf(file)];
	if (to === 'test' || to === 'scripts') return `must not import ${file}: shipped code knows no tests and no scripts`;
	if ((area === 'simulator') !== (to === 'simulator')) {
		return `must not import ${file}: the simulator and the product do not know each other`;
	}
	if (area === 'engine') {
		if (to !== 'engine') return `must not import ${file}: the engine knows no nodes`;
		const [own, other] = [unitOf(path), unitOf(file)];
		if (layerOf(own) >= 0 && layerOf(other) > layerOf(own))
			return `must not import ${file}: ${own} comes before ${other}`;
	}
	if (area === 'credentials' && to !== 'credentials') return `must not import ${file}: credentials stand alone`;
	if (area === 'nodes') {
		if (to === 'credentials') return `must not import ${file}: nodes name credentials, they do not load them`;
		if (to === 'engine' && file !== 'engine/index.ts' && !(typeOnly && LEAVES.test(file))) {
			return `must not import ${file}: nodes see only engine/index.ts (and types of the leaves)`;
		}
		const node = file.split('/')[1];
		if (to === 'nodes' && node !== 'shared' && node !== path.split('/')[1]) {
			return `must not import ${file}: nodes do not import each other`;
		}
	}
	return null;
}

function brokenPackage(path: string, from: string, typeOnly: boolean, packages: Packages): string | null {
	if (isBuiltin(from)) return null;
	const name = from
		.split('/')
		.slice(0, from.startsWith('@') ? 2 : 1)
		.join('/');
	const area = areaOf(path);
	if (/^(n8n-|@n8n\/)/.test(name) && area !== 'nodes' && area !== 'credentials') {
		return `must not import ${from}: it runs with n8n switched off`;
	}
	if (typeOnly || name in (packages.dependencies ?? {}) || name in (packages.peerDependencies ?? {})) return null;
	// The simulator runs from a checkout, where everything is installed; it is not published.
	if (area === 'simulator' && name in (packages.devDependencies ?? {})) return null;
	return `imports ${from} at run time, but package.json does not list it in dependencies`;
}

/** Folders of one layer that import each other in a circle, one sentence per circle found. */
function circles(files: Parsed[]): string[] {
	const edges = new Map<string, Set<string>>();
	for (const { path, imports } of files) {
		for (const { file } of imports) {
			if (!file || areaOf(path) !== 'engine' || areaOf(file) !== 'engine') continue;
			const [from, to] = [unitOf(path), unitOf(file)];
			if (from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
		}
	}
	const found = new Set<string>();
	const walk = (unit: string, trail: string[]) => {
		const at = trail.indexOf(unit);
		if (at >= 0) {
			const circle = trail.slice(at);
			const start = circle.indexOf([...circle].sort()[0]!);
			const named = [...circle.slice(start), ...circle.slice(0, start)];
			found.add(`engine: ${[...named, named[0]].join(' → ')} is a circle`);
			return;
		}
		for (const next of edges.get(unit) ?? []) walk(next, [...trail, unit]);
	};
	for (const unit of edges.keys()) walk(unit, []);
	return [...found];
}

function areaOf(path: string): string {
	return path.split('/')[0]!;
}

function unitOf(path: string): string {
	if (LEAVES.test(path)) return 'leaves';
	const [, folder, file] = path.split('/');
	if (file === undefined) return 'assembly';
	if (folder !== 'conversation') return folder!;
	return CONVERSATION_SERVICE.includes(file.replace(/\.ts$/, '')) ? 'conversation' : 'conversation rules';
}

/** The layer's number, -1 for a folder nobody has placed yet. */
function layerOf(unit: string): number {
	return LAYERS.findIndex((units) => units.includes(unit));
}

function read({ path, text }: SourceText): Omit<Parsed, keyof SourceText> {
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const imports: Import[] = [];
	const literals: string[] = [];
	let readsClock = false;

	const add = (from: ts.Node | undefined, typeOnly: boolean) => {
		if (!from || !ts.isStringLiteralLike(from)) return;
		const file = from.text.startsWith('.') ? resolve(path, from.text) : null;
		imports.push({ from: from.text, file, typeOnly });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) return add(node.moduleSpecifier, isTypeOnly(node.importClause));
		if (ts.isExportDeclaration(node)) return add(node.moduleSpecifier, node.isTypeOnly);
		if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
		if (ts.isCallExpression(node)) {
			const called = node.expression.getText(source);
			if (called === 'require' || called === 'import') add(node.arguments[0], false);
			if (called === 'Date.now' || called === 'DateTime.now' || called === 'DateTime.utc')
				readsClock ||= !node.arguments.length;
		}
		if (ts.isNewExpression(node) && node.expression.getText(source) === 'Date') readsClock ||= !node.arguments?.length;
		if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
			literals.push(node.text);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);

	const { statements } = source;
	const onlyReExports =
		statements.length > 0 &&
		statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined);
	return { imports, literals, readsClock, onlyReExports };
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
	if (!clause) return false;
	if (clause.isTypeOnly) return true;
	const named = clause.namedBindings;
	return !clause.name && !!named && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

/** TypeScript files without extension, others (JSON, .mjs) as written; '../engine' is its index. */
function resolve(importer: string, from: string): string {
	const target = normalize(join(dirname(importer), from)).replaceAll('\\', '/');
	if (!target.includes('/')) return `${target}/index.ts`;
	return /\.(json|mjs|js)$/.test(target) ? target : `${target}.ts`;
}
