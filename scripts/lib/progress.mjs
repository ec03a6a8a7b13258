// What is happening, and how long has it taken? One line per step; a spinner only where someone is watching.
import { mkdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CommandFailed } from './command.mjs';
import { LOGS, ROOT } from './paths.mjs';

/** The reader of this message can do something about it: shown as it is, without a stack trace. */
export class Explained extends Error {
	name = 'Explained';
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const watched = Boolean(process.stdout.isTTY) && !process.env.CI;

/**
 * Runs one long step and tells about it. Steps may nest in time only one after the other.
 * @template T
 * @param {string} title
 * @param {(step: { log: string, say: (detail: string) => void }) => Promise<T> | T} work `log`: file for the output of commands
 * @returns {Promise<T>}
 */
export async function step(title, work) {
	mkdirSync(LOGS, { recursive: true });
	const log = join(
		LOGS,
		`${title
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-|-$/g, '')}.log`,
	);
	const started = Date.now();
	let detail = '';
	let frame = 0;
	const line = () => `${FRAMES[frame++ % FRAMES.length]} ${title}${detail && ` · ${detail}`} ${seconds(started)}`;
	if (!watched) console.log(`… ${title}`);
	const spinner = watched ? setInterval(() => process.stdout.write(`\r\x1b[K${line()}`), 120) : undefined;
	const say = (text) => {
		detail = text;
		if (!watched) console.log(`  ${title} · ${text}`);
	};
	const finish = (mark) => {
		clearInterval(spinner);
		console.log(`${watched ? '\r\x1b[K' : ''}${mark} ${title} ${seconds(started)}`);
	};
	try {
		const result = await work({ log, say });
		finish('✓');
		return result;
	} catch (error) {
		finish('✗');
		throw error;
	}
}

/** Prints why a command stopped, in words for the person who typed it. */
export function explainFailure(error) {
	console.error('');
	if (error instanceof CommandFailed) {
		console.error(`${error.message}`);
		if (error.tail) console.error(`\n${indent(error.tail)}\n`);
		if (error.log) console.error(`The whole output is in ${shortPath(error.log)}`);
	} else if (error instanceof Explained) {
		console.error(error.message);
	} else {
		console.error(error);
	}
}

/** Frames lines of text. @param {string[]} lines */
export function box(lines) {
	const width = Math.max(...lines.map((line) => line.length));
	const edge = '─'.repeat(width + 2);
	return [`┌${edge}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`].join('\n');
}

const shortPath = (path) => (path.startsWith(ROOT + sep) ? relative(ROOT, path) : path);
const seconds = (since) => `(${((Date.now() - since) / 1000).toFixed(1)} s)`;
const indent = (text) => text.replace(/^/gm, '    ');
