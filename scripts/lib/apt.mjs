// Installs system packages where we may (Debian or Ubuntu, as root); elsewhere says what to install.
import { existsSync } from 'node:fs';
import { run } from './command.mjs';
import { Explained, step } from './progress.mjs';

let listsAreFresh = false;

export const canUseApt = () =>
	existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;

/**
 * @param {string} what what is missing, for people: 'PostgreSQL server'
 * @param {string[]} packages Debian names
 * @param {string} elsewhere how to get it on other systems
 */
export async function installSystemPackages(what, packages, elsewhere) {
	if (!canUseApt()) {
		throw new Explained(
			`Missing: ${what}.\nInstall it and try again. Debian/Ubuntu: sudo apt-get install ${packages.join(' ')}. ${elsewhere}`,
		);
	}
	await step(`Installing ${what} (apt-get)`, async ({ log }) => {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		const apt = (...args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=600', ...args], { env, log });
		if (!listsAreFresh) await apt('update');
		listsAreFresh = true;
		await apt('install', '-y', '--no-install-recommends', ...packages);
	});
}
