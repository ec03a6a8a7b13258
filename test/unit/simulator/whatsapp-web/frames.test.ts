import { framed, FrameReader, HEADER } from '../../../../simulator/whatsapp-web/frames';

const hello = Buffer.from('hello');
const read = (...pieces: Buffer[]) => {
	const reader = new FrameReader();
	return pieces.flatMap((piece) => reader.push(piece)).map(String);
};

describe('frames of WhatsApp Web', () => {
	it('are found behind the header, joined or cut anywhere', () => {
		const all = Buffer.concat([HEADER, framed(hello), framed(Buffer.from('again'))]);
		expect(read(all)).toEqual(['hello', 'again']);
		expect(read(...[...all].map((byte) => Buffer.from([byte])))).toEqual(['hello', 'again']);
	});

	it('may follow the routing a client was given earlier', () => {
		const routing = Buffer.from([0x45, 0x44, 0, 1, 0, 0, 3, 9, 9, 9]);
		expect(read(Buffer.concat([routing, HEADER, framed(hello)]))).toEqual(['hello']);
	});

	it('are refused from anybody else', () => {
		expect(() => new FrameReader().push(Buffer.from('GET / HTTP/1.1'))).toThrow('not the first bytes');
	});
});
