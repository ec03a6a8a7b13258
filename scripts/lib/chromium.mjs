// Finds a Chromium (or Chrome) for the browser tests, installing Debian's where that is possible.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canUseApt, installSystemPackages } from './apt.mjs';
import { run } from './command.mjs';
import { Explained } from './progress.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
const FONTS = ['fonts-liberation', 'fonts-noto-color-emoji'];

/** @returns {Promise<string>} path of the program */
export async function ensureChromium() {
	if (!find()) {
		const elsewhere = 'macOS: brew install --cask chromium. Or set CHROMIUM_PATH to the program.';
		await installSystemPackages('Chromium', ['chromium', ...FONTS], elsewhere);
	} else if (canUseApt() && !(await hasEmoji())) {
		await installSystemPackages('fonts for emoji', FONTS, '');
	}
	const program = find();
	if (!program) throw new Explained('Chromium was installed but cannot be found. Set CHROMIUM_PATH to the program.');
	return program;
}

function find() {
	const inPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
	return [process.env.CHROMIUM_PATH, ...inPath, ...MAC].find((path) => path && existsSync(path));
}

async function hasEmoji() {
	return (await run('fc-list', [':lang=und-zsye', 'family']).catch(() => '')).trim() !== '';
}
