// Reads PDFs for tests, in a thread of its own: see read-pdf.ts.
import { parentPort } from 'node:worker_threads';
import { getResolvedPDFJS } from 'unpdf';

const { getDocument, OPS } = await getResolvedPDFJS();

parentPort.on('message', async ({ id, bytes }) => {
	try {
		parentPort.postMessage({ id, read: await read(bytes) });
	} catch (error) {
		parentPort.postMessage({ id, error: String(error) });
	}
});

async function read(bytes) {
	const document = await getDocument({ data: bytes, verbosity: 0 }).promise;
	const pages = [];
	let images = 0;
	for (let number = 1; number <= document.numPages; number++) {
		const page = await document.getPage(number);
		const { items } = await page.getTextContent();
		const { fnArray } = await page.getOperatorList();
		images += fnArray.filter((op) => op === OPS.paintImageXObject || op === OPS.paintInlineImageXObject).length;
		const ends = items.filter(({ str }) => str.trim() !== '').map(({ transform, width }) => transform[4] + width);
		pages.push({ text: linesOf(items), right: Math.max(...ends), annotations: (await page.getAnnotations()).length });
	}
	const { info } = await document.getMetadata();
	const attachments = Object.keys((await document.getAttachments()) ?? {});
	const scripts = await document.getJSActions();
	await document.loadingTask.destroy();
	return { pages, info, images, attachments, scripts };
}

/** Pieces on the same height are one line; what touches is one word. */
function linesOf(items) {
	const lines = [];
	let last = null;
	for (const { str, transform, width } of items) {
		if (str.trim() === '') continue;
		const [x, y] = [transform[4], transform[5]];
		if (last === null || Math.abs(y - last.y) > 2) lines.push(str);
		else lines[lines.length - 1] += (x - last.end > 0.5 ? ' ' : '') + str;
		last = { y, end: x + width };
	}
	return lines.map((line) => line.replace(/\s+/g, ' ').trim()).join('\n');
}
