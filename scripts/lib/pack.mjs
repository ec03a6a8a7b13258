// Turns the build into the package users get, installed the way n8n installs community packages:
// unpack the tarball, drop dev, peer and optional dependencies, npm install without scripts.
// The result lies outside the clone on purpose: inside, the clone's own node_modules would hide a missing dependency.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectEnv } from './bootstrap.mjs';
import { run } from './command.mjs';
import { withLock } from './lock.mjs';
import { LOCAL_CACHE, PACKAGE_NAME, ROOT, SHARED_CACHE } from './paths.mjs';
import { step } from './progress.mjs';

const PACKS = join(SHARED_CACHE, 'packs');
const KEEP_MS = 7 * 24 * 3600 * 1000;

/**
 * Packs dist/ and installs the tarball, unless the very same content was installed before.
 * @returns {Promise<{ nodes: string, hash: string }>} `nodes`: a folder shaped like n8n's own nodes folder
 */
export async function preparePack() {
	return await withLock(join(LOCAL_CACHE, 'pack.lock'), async () => {
		const folder = await mkdtemp(join(LOCAL_CACHE, 'pack-'));
		try {
			const tarball = await npmPack(folder);
			const hash = createHash('sha256')
				.update(await readFile(tarball))
				.digest('hex')
				.slice(0, 16);
			const nodes = join(PACKS, hash);
			await withLock(`${nodes}.lock`, async () => {
				if (!existsSync(nodes)) await install(tarball, nodes);
			});
			const now = new Date();
			await utimes(nodes, now, now);
			await forgetOldPacks(hash);
			return { nodes, hash };
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});
}

/** Makes the prepared pack the one that the n8n of this user folder loads. Other packages in it stay. */
export async function linkPack(nodes, userFolder) {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	const link = join(modules, PACKAGE_NAME);
	await mkdir(modules, { recursive: true });
	await rm(link, { recursive: true, force: true });
	await symlink(join(nodes, 'node_modules', PACKAGE_NAME), link, 'dir');
}

async function npmPack(folder) {
	const log = join(LOCAL_CACHE, 'logs', 'packing.log');
	const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
	await run('npm', args, { cwd: ROOT, env: projectEnv(), log, what: 'npm pack' });
	const [tarball] = await readdir(folder);
	return join(folder, tarball);
}

async function install(tarball, nodes) {
	await step('Installing the package as n8n does', async ({ log }) => {
		const partial = `${nodes}.partial`;
		const home = join(partial, 'node_modules', PACKAGE_NAME);
		await rm(partial, { recursive: true, force: true });
		await mkdir(home, { recursive: true });
		await run('tar', ['-xzf', tarball, '-C', home, '--strip-components=1'], { log });
		const manifest = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
		const { devDependencies, peerDependencies, optionalDependencies, ...kept } = manifest;
		await writeFile(join(home, 'package.json'), JSON.stringify(kept, null, 2));
		const flags = ['--audit=false', '--fund=false', '--bin-links=false', '--install-strategy=shallow'];
		const args = ['install', ...flags, '--ignore-scripts=true', '--package-lock=false', '--prefer-offline'];
		await run('npm', args, { cwd: home, env: projectEnv(), log, what: 'npm install of the package' });
		const dependencies = { [PACKAGE_NAME]: manifest.version };
		await writeFile(
			join(partial, 'package.json'),
			JSON.stringify({ name: 'installed-nodes', private: true, dependencies }),
		);
		await rename(partial, nodes);
	});
}

/** Every change of a source makes a new pack; those nobody has used for a week can go. */
async function forgetOldPacks(current) {
	for (const name of await readdir(PACKS)) {
		const path = join(PACKS, name);
		const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
		if (name !== current && Date.now() - mtimeMs > KEEP_MS) await rm(path, { recursive: true, force: true });
	}
}
