import { fetchMedia } from '../../../../../engine/channel/linked-device/fetch-media';
import { writeMediaHandle, type MediaHandle } from '../../../../../engine/channel/linked-device/media-handle';

const PATH = '/v/t62.15575-24/1_n.enc?ccb=11-4&oh=a&oe=b';
const NAMED = 'media-gru2-1.cdn.whatsapp.net';

interface Asked {
	/** The hosts that WhatsApp names; null: it does not answer. */
	hosts?: string[] | null;
	/** HTTP statuses of the downloads, one after the other; 200 when they run out. */
	statuses?: number[];
}

/** Fetches a file that lies at `place`, and tells what was asked of whom. */
async function fetching(place: Partial<MediaHandle>, { hosts = [NAMED], statuses = [] }: Asked = {}) {
	const asked: Array<{ url?: string; directPath?: string }> = [];
	let uploads = 0;
	const socket = {
		refreshMediaConn: () =>
			hosts
				? Promise.resolve({ hosts: hosts.map((hostname) => ({ hostname })) })
				: Promise.reject(new Error('Timed Out')),
		updateMediaMessage: ({ message }: { message: { stickerMessage: { directPath: string } } }) => {
			uploads++;
			message.stickerMessage.directPath = '/v/again';
			return Promise.resolve();
		},
	};
	const download = ({ url, directPath }: { url?: string; directPath?: string }) => {
		asked.push({ url, directPath });
		const statusCode = statuses.shift() ?? 200;
		if (statusCode !== 200)
			return Promise.reject(Object.assign(new Error(`HTTP ${statusCode}`), { output: { statusCode } }));
		return Promise.resolve(
			(async function* () {
				yield Buffer.from('x');
			})(),
		);
	};
	const row = { select: () => row, where: () => row, executeTakeFirst: () => Promise.resolve(undefined) };
	const store = { read: (work: (db: unknown) => unknown) => work({ selectFrom: () => row }) };
	const line = { store, channelId: 'c', connection: { socket }, baileys: { download } };
	const handle: MediaHandle = {
		...{ mediaType: 'sticker', url: null, directPath: null, mediaKey: 'a2V5' },
		message: { remoteJid: '1@lid', id: '3AAA01', fromMe: false },
		...place,
	};
	const { type } = await fetchMedia(line as never, writeMediaHandle(handle));
	return { type, asked, uploads };
}

describe('a file with a path', () => {
	it.each([
		['https://mmg.whatsapp.net/v/other'],
		['https://web.whatsapp.net'],
		['https://a.whatsapp.net/v/x'],
		['https://evil.example/v/x'],
		[null],
	])('is asked of the server in use, whatever host its sender wrote (%s)', async (url) => {
		const { type, asked } = await fetching({ url, directPath: PATH });
		expect(type).toBe('ok');
		expect(asked).toEqual([{ url: `https://${NAMED}${PATH}`, directPath: PATH }]);
	});

	it.each([[[]], [null]])('is asked of the usual server when WhatsApp names none (%p)', async (hosts) => {
		const { asked } = await fetching({ url: 'https://web.whatsapp.net', directPath: PATH }, { hosts });
		expect(asked).toEqual([{ url: `https://mmg.whatsapp.net${PATH}`, directPath: PATH }]);
	});

	it.each([403, 404, 410])('that answers %d is uploaded again by the phone it came from', async (status) => {
		const { type, asked, uploads } = await fetching({ directPath: PATH }, { statuses: [status] });
		expect([type, uploads]).toEqual(['ok', 1]);
		expect(asked[1]).toEqual({ url: `https://${NAMED}/v/again`, directPath: '/v/again' });
	});

	it('is gone when it expires a second time, and may come later after any other trouble', async () => {
		expect(await fetching({ directPath: PATH }, { statuses: [403, 403] })).toMatchObject({ type: 'gone', uploads: 1 });
		expect(await fetching({ directPath: PATH }, { statuses: [503] })).toMatchObject({ type: 'failed', uploads: 0 });
	});
});

describe('a file without a path', () => {
	it.each([['https://mmg.whatsapp.net/v/1'], [`https://${NAMED}/v/1`]])(
		'is asked of its sender’s address on a server of WhatsApp (%s)',
		async (url) => {
			expect((await fetching({ url })).asked).toEqual([{ url, directPath: undefined }]);
		},
	);

	it('is asked of a server that WhatsApp names, whatever it is called', async () => {
		const { type } = await fetching({ url: 'https://127.0.0.1:4443/v/1' }, { hosts: ['127.0.0.1:4443'] });
		expect(type).toBe('ok');
	});

	it.each([
		['https://evil.example/v/1', null],
		['http://mmg.whatsapp.net/v/1', null],
		['https://whatsapp.net.evil.example/v/1', null],
		['https://evil.example/v/1', '//evil.example/v/1'],
	])('is asked of nobody else (%s)', async (url, directPath) => {
		expect(await fetching({ url, directPath })).toEqual({ type: 'gone', asked: [], uploads: 0 });
	});
});
