import jsQR from 'jsqr';
import { qrPath } from '../../../../engine/console/qr-path';

/** Paints the path as a browser would, with a quiet zone. */
function paint({ size, path }: { size: number; path: string }, scale = 4) {
	const side = (size + 8) * scale;
	const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
	for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
		for (let row = 0; row < scale; row++) {
			const start = ((Number(y) + 4) * scale + row) * side + (Number(x) + 4) * scale;
			for (let i = 0; i < Number(width) * scale; i++) pixels.fill(0, (start + i) * 4, (start + i) * 4 + 3);
		}
	}
	return jsQR(pixels, side, side);
}

describe('a QR code as a path', () => {
	it('is read back as the text it was made of (B-24)', async () => {
		const text = `https://wa.me/settings/linked_devices#2@${'aB3+/='.repeat(12)},${'x'.repeat(44)},${'y'.repeat(44)},${'z'.repeat(44)},1`;
		expect(paint(await qrPath(text))?.data).toBe(text);
	});

	it('is drawn once while it is asked for again', async () => {
		const first = await qrPath('um');
		expect(await qrPath('um')).toBe(first);
		expect(await qrPath('dois')).not.toEqual(first);
	});
});
