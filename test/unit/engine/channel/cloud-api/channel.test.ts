import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { createCloudApiChannel } from '../../../../../engine/channel/cloud-api/channel';
import type { Channel, MediaReader } from '../../../../../engine/channel/port';
import type { OutboundContent, OutboundMessage } from '../../../../../engine/model';

const TOKEN = 'EAAB-segredo-do-teste';

interface Received {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
	body: string;
}

// A proxy of the machine would answer in place of the servers of these tests.
process.env.NO_PROXY = '*';

const closers: Array<() => void> = [];
afterEach(() => {
	for (const close of closers.splice(0)) close();
});

async function listen(server: Server | TcpServer): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/** A Graph of one route at a time: keeps what came in, answers what the test says. */
async function aGraph(answer: (request: Received, response: ServerResponse) => void, timeoutMs?: number) {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			const one = { method, url, headers, body: Buffer.concat(chunks).toString('latin1') };
			received.push(one);
			answer(one, response);
		});
	});
	const port = await listen(server);
	closers.push(() => {
		server.closeAllConnections();
		server.close();
	});
	return { received, channel: aChannel(`http://127.0.0.1:${port}`, timeoutMs) };
}

/** For tests of what never answers; whatever answers has all the time of a busy machine. */
const IMPATIENT_MS = 1_000;

function aChannel(baseUrl: string, timeoutMs = 20_000): Channel {
	const credentials = {
		accessToken: TOKEN,
		phoneNumberId: '100200300400500',
		wabaId: '200300400500600',
		appSecret: 's',
		verifyToken: 'v',
		graphVersion: 'v26.0',
		baseUrl,
	};
	const channel = createCloudApiChannel(credentials, {
		timeoutMs,
		uploadTimeoutMs: timeoutMs,
		clock: { now: () => 0 },
	});
	closers.push(() => channel.close?.());
	return channel;
}

const json = (response: ServerResponse, status: number, body: unknown) =>
	response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

const accepted = {
	messaging_product: 'whatsapp',
	contacts: [{ input: '+5511988887777', wa_id: '551188887777', user_id: 'BR.1' }],
	messages: [{ id: 'wamid.NOVA' }],
};

const noMedia: MediaReader = { read: async () => null };
const hello = (content: OutboundContent = { type: 'text', text: 'Olá, coração' }): OutboundMessage => ({
	id: 'out_0001',
	address: '5511988887777',
	content,
});

describe('sending a message', () => {
	it('posts to the number and answers with the ids Meta gave', async () => {
		const { channel, received } = await aGraph((_, response) => json(response, 200, accepted));
		expect(await channel.send(hello(), noMedia)).toEqual({
			type: 'sent',
			providerMessageId: 'wamid.NOVA',
			waId: '551188887777',
			bsuid: 'BR.1',
		});
		const [request] = received;
		expect(request).toMatchObject({ method: 'POST', url: '/v26.0/100200300400500/messages' });
		expect(request!.headers.authorization).toBe(`Bearer ${TOKEN}`);
		expect(request!.headers['content-type']).toBe('application/json');
		expect(JSON.parse(Buffer.from(request!.body, 'latin1').toString('utf8'))).toMatchObject({
			to: '+5511988887777',
			text: { body: 'Olá, coração' },
			biz_opaque_callback_data: 'out_0001',
		});
	});

	it('has no phone when only the business-scoped id is known (D-05)', async () => {
		const { channel } = await aGraph((_, response) =>
			json(response, 200, { contacts: [{ input: 'BR.1', user_id: 'BR.1' }], messages: [{ id: 'wamid.NOVA' }] }),
		);
		expect(await channel.send({ ...hello(), address: 'BR.1' }, noMedia)).toMatchObject({ waId: null, bsuid: 'BR.1' });
	});

	it('says when a menu became text (X-01)', async () => {
		const { channel } = await aGraph((_, response) => json(response, 200, accepted));
		const options = Array.from({ length: 11 }, (_, i) => ({ id: `${i}`, title: `Fila ${i}` }));
		const menu: OutboundContent = { type: 'menu', body: 'Escolha', plainText: 'Escolha', options, style: 'auto' };
		expect(await channel.send(hello(menu), noMedia)).toMatchObject({
			type: 'sent',
			hint: 'O menu foi enviado como texto numerado, pois uma lista aceita no máximo 10 opções.',
		});
	});

	it('spends no request on what a documented limit forbids', async () => {
		const { channel, received } = await aGraph((_, response) => json(response, 200, accepted));
		expect(await channel.send(hello({ type: 'text', text: '' }), noMedia)).toMatchObject({ type: 'refused' });
		expect(await channel.send({ ...hello(), address: 'Ana' }, noMedia)).toMatchObject({
			type: 'refused',
			error: { code: 'badAddress' },
		});
		expect(received).toEqual([]);
	});

	it('waits longer for a contact at each attempt', async () => {
		const { channel } = await aGraph((_, response) => json(response, 400, { error: { code: 131056, message: 'x' } }));
		expect(await channel.send({ ...hello(), attempt: 2 }, noMedia)).toMatchObject({
			type: 'refused',
			retry: { kind: 'backoff', minMs: 16_000, scope: 'contact' },
		});
	});

	it('does not follow a redirect with the token', async () => {
		const { channel, received } = await aGraph((_, response) => response.writeHead(302, { Location: '/login' }).end());
		expect(await channel.send(hello(), noMedia)).toMatchObject({ type: 'refused', retry: { kind: 'fix' } });
		expect(received).toHaveLength(1);
	});

	it('reuses its connections', async () => {
		const ports = new Set<number>();
		const { channel } = await aGraph((_, response) => {
			ports.add(response.socket!.remotePort!);
			json(response, 200, accepted);
		});
		await channel.send(hello(), noMedia);
		await channel.send(hello(), noMedia);
		expect(ports.size).toBe(1);
	});
});

describe('the truth about a message without a clear answer', () => {
	it.each<[string, (response: ServerResponse) => void]>([
		['no answer comes in time', () => {}],
		['the connection is cut after the request', (response) => response.socket!.destroy()],
		['a success cannot be read', (response) => response.writeHead(200).end('<html>')],
		['a success names no message', (response) => json(response, 200, { messages: [] })],
		['a gateway fails', (response) => response.writeHead(502).end('Bad gateway')],
		['Meta fails with a code nobody documents', (response) => json(response, 500, { error: { code: 987654 } })],
		[
			'the answer is cut in the middle',
			(response) => {
				response.writeHead(200, { 'Content-Length': '500' });
				response.write('{"messages":[');
				setImmediate(() => response.socket!.destroy());
			},
		],
	])('is unknown when %s', async (_, answer) => {
		const { channel } = await aGraph((_, response) => answer(response), IMPATIENT_MS);
		expect((await channel.send(hello(), noMedia)).type).toBe('unknown');
	});

	it('is not sent when nobody listens', async () => {
		const server = createTcpServer();
		const port = await listen(server);
		await new Promise((resolve) => server.close(resolve));
		expect(await aChannel(`http://127.0.0.1:${port}`).send(hello(), noMedia)).toEqual({
			type: 'notSent',
			reason: `Não foi possível conectar a 127.0.0.1:${port} (ECONNREFUSED); nada foi enviado.`,
		});
	});

	it('is not sent when the name does not exist', async () => {
		expect((await aChannel('http://graph.invalid', 5000).send(hello(), noMedia)).type).toBe('notSent');
	});

	it.each(['https://', 'not a url', 'http://127.0.0.1:99999'])('is not sent to the base URL %p', async (baseUrl) => {
		expect((await aChannel(baseUrl).send(hello(), noMedia)).type).toBe('notSent');
	});

	it.each<[string, (socket: Socket) => void]>([
		['is dropped', (socket) => socket.destroy()],
		['is answered with nonsense', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
		['never ends', () => {}],
	])('is not sent when the TLS handshake %s', async (_, meet) => {
		const sockets: Socket[] = [];
		const server = createTcpServer((socket) => {
			socket.on('error', () => {});
			sockets.push(socket);
			socket.once('data', () => meet(socket));
		});
		const port = await listen(server);
		closers.push(() => {
			for (const socket of sockets) socket.destroy();
			server.close();
		});
		expect((await aChannel(`https://127.0.0.1:${port}`, IMPATIENT_MS).send(hello(), noMedia)).type).toBe('notSent');
	});

	it('never repeats the token', async () => {
		const results = await Promise.all([
			aChannel('http://127.0.0.1:1').send(hello(), noMedia),
			aChannel('http://127.0.0.1:1').status(),
			(await aGraph((_, response) => response.socket!.destroy())).channel.send(hello(), noMedia),
		]);
		expect(JSON.stringify(results)).not.toContain(TOKEN);
	});
});

describe('files', () => {
	const stored: MediaReader = {
		read: async () => ({ bytes: Buffer.from('%PDF-1.4 boleto'), mimeType: 'application/pdf', fileName: 'boleto.pdf' }),
	};
	const document: OutboundContent = {
		type: 'media',
		mediaType: 'document',
		source: { blobId: 'b1' },
		caption: 'Segue',
	};

	it('are uploaded with their type and sent by id', async () => {
		const { channel, received } = await aGraph((request, response) =>
			json(response, 200, request.url.endsWith('/media') ? { id: '777' } : accepted),
		);
		expect(await channel.send(hello(document), stored)).toMatchObject({ type: 'sent' });
		const [upload, send] = received;
		expect(upload!.url).toBe('/v26.0/100200300400500/media');
		expect(upload!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(upload!.body).toContain('name="messaging_product"\r\n\r\nwhatsapp');
		expect(upload!.body).toContain(
			'name="file"; filename="boleto.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4 boleto',
		);
		expect(JSON.parse(send!.body).document).toEqual({ id: '777', caption: 'Segue', filename: 'boleto.pdf' });
	});

	it('are uploaded once for many contacts, and again after a refusal', async () => {
		let refuseNext = false;
		const { channel, received } = await aGraph((request, response) => {
			if (request.url.endsWith('/media')) return json(response, 200, { id: '777' });
			return refuseNext ? json(response, 400, { error: { code: 131009 } }) : json(response, 200, accepted);
		});
		const uploads = () => received.filter(({ url }) => url.endsWith('/media')).length;
		await channel.send(hello(document), stored);
		await channel.send(hello(document), stored);
		expect(uploads()).toBe(1);
		refuseNext = true;
		await channel.send(hello(document), stored);
		await channel.send(hello(document), stored);
		expect(uploads()).toBe(2);
	});

	it.each<[string, (response: ServerResponse) => void]>([
		['is not answered', () => {}],
		['fails', (response) => response.writeHead(502).end()],
		['cannot be read', (response) => response.writeHead(200).end('<html>')],
	])('whose upload %s leave the message not sent', async (_, answer) => {
		const { channel, received } = await aGraph((_, response) => answer(response), IMPATIENT_MS);
		expect((await channel.send(hello(document), stored)).type).toBe('notSent');
		expect(received).toHaveLength(1);
	});

	it('refused by Meta refuse the message', async () => {
		const { channel } = await aGraph((_, response) => json(response, 400, { error: { code: 131053 } }));
		expect(await channel.send(hello(document), stored)).toMatchObject({ type: 'refused', error: { code: 131053 } });
	});

	it('that are gone or too large are refused without a request', async () => {
		const { channel, received } = await aGraph((_, response) => json(response, 200, accepted));
		expect(await channel.send(hello(document), noMedia)).toMatchObject({ error: { code: 'fileGone' } });
		const image: OutboundContent = { ...document, mediaType: 'image' };
		expect(await channel.send(hello(image), stored)).toMatchObject({ error: { code: 'mimeType' } });
		expect(received).toEqual([]);
	});
});

describe('the file in the header of a template', () => {
	const stored: MediaReader = {
		read: async () => ({ bytes: Buffer.from('%PDF-1.4 boleto'), mimeType: 'application/pdf', fileName: 'boleto.pdf' }),
	};
	const template = (mediaType: 'document' | 'image'): OutboundContent => ({
		type: 'template',
		name: 'segunda_via',
		language: 'pt_BR',
		category: 'utility',
		parameterFormat: 'named',
		header: { type: 'media', mediaType, source: { blobId: 'b1' } },
		body: [{ name: 'nome', text: 'Ana' }],
		buttons: [{ index: 1, type: 'url', value: 'f/9' }],
		text: 'Olá Ana',
		options: [],
	});

	it('is uploaded and sent by its id with the values (D-20)', async () => {
		const { channel, received } = await aGraph((request, response) =>
			json(response, 200, request.url.endsWith('/media') ? { id: '777' } : accepted),
		);
		expect(await channel.send(hello(template('document')), stored)).toMatchObject({ type: 'sent' });
		expect(JSON.parse(received[1]!.body).template).toEqual({
			name: 'segunda_via',
			language: { code: 'pt_BR' },
			components: [
				{
					type: 'header',
					parameters: [{ type: 'document', document: { id: '777', filename: 'boleto.pdf' } }],
				},
				{ type: 'body', parameters: [{ type: 'text', parameter_name: 'nome', text: 'Ana' }] },
				{ type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'f/9' }] },
			],
		});
	});

	it('keeps the limits of its type', async () => {
		const { channel, received } = await aGraph((_, response) => json(response, 200, accepted));
		expect(await channel.send(hello(template('image')), stored)).toMatchObject({ error: { code: 'mimeType' } });
		expect(await channel.send(hello(template('document')), noMedia)).toMatchObject({ error: { code: 'fileGone' } });
		expect(received).toEqual([]);
	});
});

describe('reading and typing', () => {
	it('marks as read and shows typing', async () => {
		const { channel, received } = await aGraph((_, response) => json(response, 200, { success: true }));
		expect(await channel.markRead('wamid.A', true)).toEqual({ type: 'ok' });
		expect(await channel.markRead('wamid.A', false)).toEqual({ type: 'ok' });
		const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.A' };
		expect(received.map(({ body }) => JSON.parse(body))).toEqual([
			{ ...read, typing_indicator: { type: 'text' } },
			read,
		]);
	});

	it('says why it could not', async () => {
		const { channel } = await aGraph((_, response) => json(response, 400, { error: { code: 100 } }));
		expect(await channel.markRead('wamid.A', false)).toMatchObject({ type: 'refused', error: { code: 100 } });
	});
});

describe('status (B-31, D-30)', () => {
	it('asks Meta about the number', async () => {
		const { channel, received } = await aGraph((_, response) =>
			json(response, 200, {
				id: '100200300400500',
				display_phone_number: '+55 11 3000-0000',
				quality_rating: 'YELLOW',
			}),
		);
		expect(await channel.status()).toEqual({
			ok: true,
			phone: '+55 11 3000-0000',
			name: null,
			quality: 'yellow',
			problems: [],
		});
		expect(received[0]!.url).toMatch(/^\/v26\.0\/100200300400500\?fields=display_phone_number,/);
	});

	it('explains a dead token', async () => {
		const { channel } = await aGraph((_, response) =>
			json(response, 401, { error: { code: 190, message: 'expired' } }),
		);
		const { ok, problems } = await channel.status();
		expect(ok).toBe(false);
		expect(problems[0]!.what).toBe('Meta does not accept the access token.');
	});
});

it('is known by its number', () => {
	const channel = aChannel('http://127.0.0.1:1');
	expect([channel.id, channel.kind, channel.capabilities.serviceWindowHours]).toEqual([
		'cloudApi:100200300400500',
		'cloudApi',
		24,
	]);
});
