import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchLink } from '../../../../../engine/channel/linked-device/fetch-link';

let server: Server | undefined;

async function serving(answer: RequestListener): Promise<string> {
	server = createServer(answer);
	await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
	server?.closeAllConnections();
	await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
	server = undefined;
});

describe('the file behind a link', () => {
	it('comes with the type and name its server gives', async () => {
		const url = await serving((_, response) =>
			response
				.writeHead(200, {
					'content-type': 'application/pdf; charset=binary',
					'content-disposition': `attachment; filename="x.pdf"; filename*=UTF-8''fatura%20mar%C3%A7o.pdf`,
				})
				.end('%PDF-'),
		);
		expect(await fetchLink(`${url}/baixar`, 100)).toEqual({
			type: 'ok',
			file: { bytes: Buffer.from('%PDF-'), mimeType: 'application/pdf', fileName: 'fatura março.pdf' },
		});
	});

	it('is named by its address where nothing else names it', async () => {
		const url = await serving((_, response) => response.end('x'));
		expect(await fetchLink(`${url}/pasta/nota%20fiscal.xml?t=1`, 100)).toMatchObject({
			file: { mimeType: '', fileName: 'nota fiscal.xml' },
		});
	});

	it.each([
		[404, 'badLink', 'never'],
		[403, 'badLink', 'never'],
		[500, 'linkUnreachable', 'backoff'],
		[429, 'linkUnreachable', 'backoff'],
	])('HTTP %d is %s', async (status, code, kind) => {
		const url = await serving((_, response) => response.writeHead(status).end());
		expect(await fetchLink(url, 100)).toMatchObject({ type: 'refused', error: { code }, retry: { kind } });
	});

	it('is left where it is when it is too large', async () => {
		const url = await serving((_, response) => response.end(Buffer.alloc(101)));
		expect(await fetchLink(url, 100)).toMatchObject({ error: { code: 'fileTooLarge' }, retry: { kind: 'never' } });
	});

	it('is asked for again when nobody answers', async () => {
		const url = await serving((request) => request.socket.destroy());
		expect(await fetchLink(url, 100)).toMatchObject({ error: { code: 'linkUnreachable' } });
	});
});
