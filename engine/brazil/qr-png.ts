import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

/**
 * The picture of a QR code, as WhatsApp takes it: a PNG in 8-bit RGB (cloud-api.md §messages; grey scale, which QR libraries
 * write, is outside what Meta documents). The library is loaded when the first picture is drawn.
 */

/** Pixels per module: about 500 pixels across for a Pix code, sharp on a phone and far below the 5 MB limit. */
const SCALE = 8;
/** Modules of white around it, as the standard asks. */
const MARGIN = 4;
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** @param text up to about 2300 bytes */
export async function qrPng(text: string): Promise<Buffer> {
	const { generateQrCode } = await import('@juit/qrcode');
	const { matrix } = generateQrCode(text, { ecLevel: 'M' });
	const size = (matrix.length + 2 * MARGIN) * SCALE;

	const header = Buffer.alloc(13);
	header.writeUInt32BE(size, 0);
	header.writeUInt32BE(size, 4);
	header.set([8, 2, 0, 0, 0], 8); // 8 bits each of red, green and blue

	const pixels = await promisify(deflate)(rowsOf(matrix, size));
	return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** One filter byte (0 = none) and three bytes a pixel in each row. */
function rowsOf(matrix: readonly boolean[][], size: number): Buffer {
	const rowBytes = 1 + size * 3;
	const rows = Buffer.alloc(rowBytes * size, 255);
	for (let y = 0; y < size; y++) rows[y * rowBytes] = 0;
	matrix.forEach((modules, row) => {
		const top = (row + MARGIN) * SCALE * rowBytes;
		modules.forEach((dark, column) => {
			if (dark) rows.fill(0, top + 1 + (column + MARGIN) * SCALE * 3, top + 1 + (column + MARGIN + 1) * SCALE * 3);
		});
		for (let copy = 1; copy < SCALE; copy++) rows.copy(rows, top + copy * rowBytes, top, top + rowBytes);
	});
	return rows;
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(data.length, 0);
	frame.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
