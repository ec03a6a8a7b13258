// The pinned n8n: installed once into the user's cache and shared by every clone that pins the same one.
// It arrives complete or not at all: built in a folder of its own, tried out, then renamed into place.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canUseApt, installSystemPackages } from './apt.mjs';
import { NODE, NODE_DIR, projectEnv } from './bootstrap.mjs';
import { run, succeeds } from './command.mjs';
import { shortHash } from './hash.mjs';
import { withLock } from './lock.mjs';
import { ROOT, SHARED_CACHE } from './paths.mjs';
import { step } from './progress.mjs';

const MANIFEST = join(ROOT, 'scripts', 'n8n-runtime');
const PREBUILT_MS = 20_000;

/**
 * Installs the runtime when it is not there yet.
 * @returns {Promise<string>} its folder; n8n is in node_modules/n8n below it
 */
export async function ensureRuntime() {
	const lockfile = await readFile(join(MANIFEST, 'package-lock.json'));
	const key = shortHash(lockfile, process.version, process.platform, process.arch);
	const folder = join(SHARED_CACHE, `n8n-${key}`);
	if (existsSync(folder)) return folder;
	await withLock(
		`${folder}.lock`,
		async () => {
			if (!existsSync(folder)) await install(folder);
		},
		(pid) => console.log(`… Waiting for another installation of the same n8n (process ${pid})`),
	);
	return folder;
}

async function install(folder) {
	const partial = `${folder}.partial`;
	await ensureCompiler();
	await step('Installing the n8n runtime (once, about 2 minutes)', async ({ log }) => {
		await rm(partial, { recursive: true, force: true });
		await mkdir(partial, { recursive: true });
		for (const name of ['package.json', 'package-lock.json']) await copyFile(join(MANIFEST, name), join(partial, name));
		const flags = [
			'--ignore-scripts',
			'--legacy-peer-deps',
			'--omit=optional',
			'--omit=dev',
			'--no-audit',
			'--no-fund',
		];
		await run('npm', ['ci', ...flags], { cwd: partial, env: projectEnv(), log, what: 'Installing n8n' });
	});
	await step('Preparing SQLite for n8n (once, up to 3 minutes)', async ({ log, say }) => {
		if (await downloadSqlite(partial, log)) return;
		say('no ready-made build to be had, compiling');
		await compileSqlite(partial, log);
		await assertSqliteWorks(partial, log);
	});
	await rename(partial, folder);
}

/** sqlite3 offers ready-made builds on its release page: quick where that page can be reached. */
async function downloadSqlite(runtime, log) {
	const cwd = join(runtime, 'node_modules', 'sqlite3');
	const tool = join(runtime, 'node_modules', 'prebuild-install', 'bin.js');
	const options = { cwd, env: projectEnv(), log, timeoutMs: PREBUILT_MS };
	return (
		(await succeeds(NODE, [tool, '-r', 'napi'], options)) &&
		(await assertSqliteWorks(runtime, log).then(
			() => true,
			() => false,
		))
	);
}

async function compileSqlite(runtime, log) {
	const env = projectEnv({ npm_config_nodedir: NODE_DIR, npm_config_build_from_source: 'true', JOBS: 'max' });
	await run('npm', ['rebuild', 'sqlite3'], { cwd: runtime, env, log, what: 'Compiling sqlite3' });
}

async function assertSqliteWorks(runtime, log) {
	const trial = `const { Database } = require('sqlite3');
		const db = new Database(':memory:', (error) => { if (error) throw error; });
		db.get('select 1 + 1 as two', (error, row) => { if (error || row.two !== 2) throw error ?? new Error('wrong answer'); });`;
	await run(NODE, ['-e', trial], { cwd: runtime, env: projectEnv(), log, what: 'Trying out sqlite3' });
}

async function ensureCompiler() {
	for (const program of ['python3', 'make', 'g++']) {
		if (await succeeds(program, ['--version'])) continue;
		if (process.platform === 'linux' && !canUseApt()) {
			console.log(
				`  ${program} is missing: needed if SQLite has to be compiled (Debian: apt-get install python3 make g++)`,
			);
			return;
		}
		if (process.platform !== 'linux') return; // the compiler itself says what it lacks (macOS: xcode-select --install)
		return await installSystemPackages('a C++ compiler', ['python3', 'make', 'g++'], '');
	}
}
