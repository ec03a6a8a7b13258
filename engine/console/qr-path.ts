/** The modules of a QR code as the path of an SVG: drawn by the page itself, fetched from nobody. */

export interface QrDrawing {
	/** Modules across, without the quiet zone. */
	size: number;
	/** Path data in modules: one rectangle per run of dark modules. */
	path: string;
}

let last: { text: string; drawing: QrDrawing } | null = null;

/** The library is loaded with the first code. The same code is asked for again and again. */
export async function qrPath(text: string): Promise<QrDrawing> {
	if (last?.text === text) return last.drawing;
	const { generateQrCode } = await import('@juit/qrcode');
	// Low correction: screens are neither torn nor dirty, and larger modules are read from further away.
	const { matrix } = generateQrCode(text, { ecLevel: 'L' });
	const drawing = { size: matrix.length, path: matrix.map(rowPath).join('') };
	last = { text, drawing };
	return drawing;
}

function rowPath(row: readonly boolean[], y: number): string {
	let path = '';
	for (let x = 0; x < row.length; x++) {
		if (!row[x]) continue;
		const from = x;
		while (row[x + 1]) x++;
		const width = x + 1 - from;
		path += `M${from} ${y}h${width}v1h-${width}z`;
	}
	return path;
}
