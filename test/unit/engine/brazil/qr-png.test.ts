import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { qrPng } from '../../../../engine/brazil/qr-png';
import { PIX_CODES } from './pix-vectors';

describe('the picture of a Pix code (X-12, B-08)', () => {
	it.each(Object.entries(PIX_CODES))('%s is read back by a QR reader', async (_, code) => {
		const { data, width, height } = PNG.sync.read(await qrPng(code));
		expect(width).toBe(height);
		expect(jsQR(new Uint8ClampedArray(data), width, height)!.data).toBe(code);
	});

	it('is an 8-bit RGB image of a size phones show well, in few bytes', async () => {
		const png = await qrPng(PIX_CODES.X1);
		expect([png[24], png[25]]).toEqual([8, 2]);
		expect(png.readUInt32BE(16)).toBe(456);
		expect(png.length).toBeLessThan(20_000);
	});
});
