// What does a PDF show? Read by pdf.js in a thread, because it is an ES module.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface ReadPdf {
	pages: Array<{
		/** One line per line of the page. */
		text: string;
		/** How far to the right anything is written, in points. */
		right: number;
		annotations: number;
	}>;
	info: Record<string, unknown>;
	images: number;
	attachments: string[];
	scripts: unknown;
}

interface Answer {
	id: number;
	read?: ReadPdf;
	error?: string;
}

const waiting = new Map<number, (answer: Answer) => void>();
let worker: Worker | undefined;
let lastId = 0;

/** @throws Error when it is no PDF */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
	worker ??= startWorker();
	const id = ++lastId;
	const { read, error } = await new Promise<Answer>((resolve) => {
		waiting.set(id, resolve);
		worker!.postMessage({ id, bytes: new Uint8Array(bytes) });
	});
	if (!read) throw new Error(`This PDF cannot be read: ${error}`);
	return read;
}

function startWorker(): Worker {
	const started = new Worker(join(__dirname, 'pdf-reader.mjs'));
	started.on('message', (answer: Answer) => {
		waiting.get(answer.id)?.(answer);
		waiting.delete(answer.id);
	});
	started.on('error', (error) => {
		for (const [id, answer] of waiting) answer({ id, error: String(error) });
		waiting.clear();
	});
	// A test that has ended does not wait for it; listening made it wait.
	started.unref();
	return started;
}
