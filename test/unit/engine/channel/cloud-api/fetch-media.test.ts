import { createHash } from 'node:crypto';
import { createCloudApiChannel } from '../../../../../engine/channel/cloud-api/channel';
import { hexDigest } from '../../../../../engine/channel/cloud-api/fetch-media';
import { mayReceiveToken } from '../../../../../engine/channel/cloud-api/token-host';
import type { Channel } from '../../../../../engine/channel/port';
import { demoCredentials } from '../../../../support/demo-credentials';
import { answer, startMediaServer, type MediaServer } from '../../../../support/media-server';

const PDF = Buffer.from('%PDF-1.7 um boleto');
const KB = 1024;

describe('fetching a file that a customer sent', () => {
	let graph: MediaServer;
	let foreign: MediaServer;
	let channel: Channel;

	beforeEach(async () => {
		graph = await startMediaServer();
		foreign = await startMediaServer();
		channel = createCloudApiChannel(demoCredentials(graph.url), { mostMediaBytes: 64 * KB });
		graph.files.set('1', { bytes: PDF, mimeType: 'application/pdf; charset=binary' });
	});
	afterEach(async () => {
		channel.close!();
		await graph.close();
		await foreign.close();
	});

	it('asks where it is, for its number, and gets it from there with the token', async () => {
		expect(await channel.fetchMedia!('1')).toEqual({
			type: 'ok',
			bytes: PDF,
			mimeType: 'application/pdf',
			fileName: null,
			sha256: createHash('sha256').update(PDF).digest('hex'),
		});
		const { accessToken } = demoCredentials();
		expect(graph.asked).toEqual([
			{ path: '/v26.0/1', token: accessToken },
			{ path: '/file/1', token: accessToken },
		]);
	});

	it('never sends the token to a host that is neither Meta nor where its calls go', async () => {
		foreign.files.set('1', { bytes: PDF });
		graph.files.get('1')!.says = { url: `${foreign.url}/file/1` };
		expect(await channel.fetchMedia!('1')).toEqual({
			type: 'failed',
			reason: 'o endereço do arquivo não é da Meta, e o token não foi enviado a ele',
		});
		expect(foreign.asked).toEqual([]);
	});

	it('follows no redirection', async () => {
		foreign.files.set('1', { bytes: PDF });
		graph.files.get('1')!.download = (response) => response.writeHead(302, { location: `${foreign.url}/file/1` }).end();
		expect(await channel.fetchMedia!('1')).toEqual({
			type: 'failed',
			reason: 'o endereço do arquivo respondeu com HTTP 302',
		});
		expect(foreign.asked).toEqual([]);
	});

	it('asks for a new address when the first one has died, once', async () => {
		let downloads = 0;
		graph.files.get('1')!.download = (response) => {
			downloads++;
			if (downloads === 1) response.writeHead(404).end();
			else response.writeHead(200).end(PDF);
		};
		expect(await channel.fetchMedia!('1')).toMatchObject({ type: 'ok' });
		graph.files.get('1')!.download = (response) => response.writeHead(404).end();
		expect(await channel.fetchMedia!('1')).toEqual({ type: 'failed', reason: 'o endereço do arquivo não responde' });
		expect(graph.asked.filter(({ path }) => path === '/v26.0/1')).toHaveLength(4);
	});

	it('says that a file is gone when Graph does not know its id any more', async () => {
		expect(await channel.fetchMedia!('2')).toEqual({
			type: 'gone',
			reason: 'a Meta não tem mais o arquivo: o prazo de 7 dias terminou ou ele foi apagado',
		});
	});

	it('refuses a file above the limit before its first byte', async () => {
		const admitted: number[] = [];
		graph.files.set('big', { bytes: Buffer.alloc(64 * KB + 1) });
		const result = await channel.fetchMedia!('big', { admit: async (bytes) => void admitted.push(bytes) });
		expect(result).toEqual({ type: 'gone', reason: 'o arquivo passa de 64 KB' });
		expect(admitted).toEqual([]);
		expect(graph.asked).toHaveLength(1);
	});

	it('stops reading when more bytes come than were announced', async () => {
		graph.files.get('1')!.download = (response) => response.writeHead(200).end(Buffer.alloc(200 * KB));
		expect(await channel.fetchMedia!('1')).toEqual({ type: 'failed', reason: 'o arquivo chegou incompleto' });
	});

	it('takes no file that was cut short or changed on the way', async () => {
		graph.files.get('1')!.download = (response) => response.writeHead(200).end(PDF.subarray(0, 5));
		expect(await channel.fetchMedia!('1')).toEqual({ type: 'failed', reason: 'o arquivo chegou incompleto' });
		graph.files.get('1')!.download = (response) => {
			response.writeHead(200, { 'content-length': PDF.length }).write(PDF.subarray(0, 5));
			setImmediate(() => response.destroy());
		};
		expect(await channel.fetchMedia!('1')).toEqual({ type: 'failed', reason: 'o arquivo chegou incompleto' });
		graph.files.get('1')!.download = undefined;
		graph.files.get('1')!.says = { sha256: createHash('sha256').update('outro').digest('hex') };
		expect(await channel.fetchMedia!('1')).toEqual({
			type: 'failed',
			reason: 'o arquivo chegou alterado (sha256 diferente)',
		});
	});

	it('waits to be let in before it takes in bytes, and says how many', async () => {
		let letIn!: () => void;
		const asked = new Promise<number>((resolve) => {
			const admit = (bytes: number) => {
				resolve(bytes);
				return new Promise<void>((open) => (letIn = open));
			};
			void channel.fetchMedia!('1', { admit });
		});
		expect(await asked).toBe(PDF.length);
		expect(graph.asked.map(({ path }) => path)).toEqual(['/v26.0/1']);
		letIn();
		await graph.downloads(1);
	});

	it('tries again later when the token is refused, Graph is down or away', async () => {
		graph.files.get('1')!.lookUp = (response) => answer(response, 401, { error: { code: 190, message: 'expired' } });
		expect(await channel.fetchMedia!('1')).toEqual({
			type: 'failed',
			reason: expect.stringMatching(/^a Meta não entregou o arquivo \(código 190\): O token expirou/),
		});
		graph.files.get('1')!.lookUp = (response) => response.writeHead(502).end('<html>');
		expect(await channel.fetchMedia!('1')).toEqual({
			type: 'failed',
			reason: 'a resposta da Meta não pôde ser lida (HTTP 502)',
		});
		graph.files.get('1')!.lookUp = (response) => response.destroy();
		expect(await channel.fetchMedia!('1')).toMatchObject({
			type: 'failed',
			reason: expect.stringContaining('ECONNRESET'),
		});
	});
});

describe('who may see the access token', () => {
	const META = 'https://graph.facebook.com';

	it.each([
		'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=x',
		'https://scontent.xx.fbcdn.net/v/t62.1',
		'https://graph.facebook.com/v26.0/1',
		'https://mmg.whatsapp.net/a',
	])('Meta: %s', (address) => expect(mayReceiveToken(address, META)).toBe(true));

	it.each([
		'http://lookaside.fbsbx.com/a',
		'https://lookaside.fbsbx.com:8443/a',
		'https://lookaside.fbsbx.com@evil.example/a',
		'https://user:pass@lookaside.fbsbx.com/a',
		'https://evilfbsbx.com/a',
		'https://fbsbx.com.evil.example/a',
		'https://evil.example/lookaside.fbsbx.com',
		'ftp://facebook.com/a',
		'file:///etc/passwd',
		'data:text/plain,a',
		'',
		'lookaside.fbsbx.com',
	])('never: %s', (address) => expect(mayReceiveToken(address, META)).toBe(false));

	it('is the very place the credential names too, to the port', () => {
		expect(mayReceiveToken('http://127.0.0.1:9000/file', 'http://127.0.0.1:9000')).toBe(true);
		expect(mayReceiveToken('http://127.0.0.1:9001/file', 'http://127.0.0.1:9000')).toBe(false);
		expect(mayReceiveToken('https://127.0.0.1:9000/file', 'http://127.0.0.1:9000')).toBe(false);
		expect(mayReceiveToken('data:text/plain,a', 'data:text/plain,b')).toBe(false);
	});
});

it('reads a digest in base64, as webhooks write it, and in hexadecimal, as Graph does', () => {
	const hex = createHash('sha256').update('a').digest('hex');
	expect(hexDigest(hex.toUpperCase())).toBe(hex);
	expect(hexDigest(Buffer.from(hex, 'hex').toString('base64'))).toBe(hex);
	expect([hexDigest('abc'), hexDigest(null), hexDigest('')]).toEqual([null, null, null]);
});
