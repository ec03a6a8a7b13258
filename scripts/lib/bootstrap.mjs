// Makes a bare clone able to run: dependencies at the locked versions, and the pinned Node that comes with them.
// This file and what it imports run on Node 20 with nothing installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandFailed, run } from './command.mjs';
import { withLock } from './lock.mjs';
import { LOCAL_CACHE, ROOT } from './paths.mjs';
import { Explained, step } from './progress.mjs';

const BIN = join(ROOT, 'node_modules', '.bin');
const PLATFORM_NODE = join(ROOT, 'node_modules', 'node', 'node_modules', `node-${platformName()}-${process.arch}`);

/** The pinned Node's own folder; holds include/node, the headers that native modules are compiled against. */
export const NODE_DIR = PLATFORM_NODE;
export const NODE = join(BIN, 'node');

/** Environment in which `node`, `npm` and our tools mean the pinned ones. */
export function projectEnv(extra = {}) {
	return { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH}`, ...extra };
}

/**
 * Installs what is missing, then continues the calling script on the pinned Node.
 * Returns only in that Node; elsewhere the process ends with the continued script's exit code.
 */
export async function bootstrap() {
	if (process.platform === 'win32') {
		throw new Explained(
			'This command needs Linux or macOS (on Windows: use WSL). The published package itself runs anywhere n8n does.',
		);
	}
	if (Number(process.versions.node.split('.')[0]) < 20) {
		throw new Explained(
			`Node ${process.versions.node} is too old to start from. Install Node 20 or newer (https://nodejs.org) and try again.`,
		);
	}
	if (!isInstalled()) {
		await withLock(join(LOCAL_CACHE, 'dependencies.lock'), async () => {
			if (!isInstalled()) await install();
		});
	}
	if (realpathSync(process.execPath) !== realpathSync(NODE)) await continueOnPinnedNode();
}

async function install() {
	const env = envWithoutOwnBin();
	if (!matchesLockfile()) {
		await step('Installing dependencies', ({ log }) =>
			run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: ROOT, env, log, what: 'npm ci' }),
		);
	}
	await step('Installing Node 24', async ({ log }) => {
		await run('npm', ['rebuild', 'node'], { cwd: ROOT, env, log, what: 'npm rebuild node' });
		if (!existsSync(NODE)) {
			throw new CommandFailed(`The npm package "node" has no build for ${process.platform}-${process.arch}`, { log });
		}
	});
}

const isInstalled = () => matchesLockfile() && existsSync(NODE);

/** npm records what it installed; every package the lockfile asks for must be there in the same version. */
function matchesLockfile() {
	const installedFile = join(ROOT, 'node_modules', '.package-lock.json');
	if (!existsSync(installedFile)) return false;
	const installed = readPackages(installedFile);
	return Object.entries(readPackages(join(ROOT, 'package-lock.json'))).every(
		([path, { version, optional, peer }]) =>
			path === '' || (installed[path] ? installed[path].version === version : Boolean(optional || peer)),
	);
}

const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** npm itself must not run on the Node it is about to replace. */
function envWithoutOwnBin() {
	const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== BIN);
	return { ...process.env, PATH: path.join(delimiter) };
}

function continueOnPinnedNode() {
	const child = spawn(NODE, process.argv.slice(1), { stdio: 'inherit', env: projectEnv() });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.removeAllListeners(signal); // from here on the continued script decides what a signal means
		process.on(signal, () => child.kill(signal));
	}
	return new Promise((_, reject) => {
		child.on('error', reject);
		child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
	});
}

function platformName() {
	return process.platform === 'win32' ? 'win' : process.platform;
}
