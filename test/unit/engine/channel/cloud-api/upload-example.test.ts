import { tidyCredentials } from '../../../../../engine/channel/cloud-api/credentials';
import type { Graph, GraphAnswer } from '../../../../../engine/channel/cloud-api/graph';
import { uploadExample } from '../../../../../engine/channel/cloud-api/upload-example';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const file = { bytes: PNG, mimeType: 'image/png', fileName: 'foto.png' };
const ok = (body: unknown): GraphAnswer => ({ type: 'answered', status: 200, body });

function aGraph(session: GraphAnswer, upload: GraphAnswer = ok({ h: '4::abc' })) {
	const calls: string[] = [];
	const graph = {
		host: 'graph.test',
		post: async (path: string) => (calls.push(path), session),
		postBytes: async (path: string, bytes: Buffer) => (calls.push(`${path} ${bytes.length}`), upload),
	} as unknown as Graph;
	return { graph, calls };
}
const withApp = tidyCredentials({ appId: '500' });

describe('handing in the sample of a header', () => {
	it('opens a session for the file and sends its bytes', async () => {
		const { graph, calls } = aGraph(ok({ id: 'upload:MTph?sig=x-1' }));
		expect(await uploadExample(withApp, graph, 'image', file)).toEqual({ type: 'ok', value: '4::abc' });
		expect(calls).toEqual([
			expect.stringMatching(/^\/500\/uploads\?file_length=16&file_type=image%2Fpng&file_name=/),
			'/upload:MTph?sig=x-1 16',
		]);
	});

	it('asks for the App ID first', async () => {
		const { graph, calls } = aGraph(ok({}));
		expect(await uploadExample(tidyCredentials({}), graph, 'image', file)).toMatchObject({
			type: 'refused',
			error: { code: 'noAppId' },
		});
		expect(calls).toEqual([]);
	});

	it('sends no file that is too large or of another kind', async () => {
		const { graph, calls } = aGraph(ok({}));
		const large = { ...file, bytes: Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]) };
		expect(await uploadExample(withApp, graph, 'image', large)).toMatchObject({ error: { code: 'fileTooLarge' } });
		expect(await uploadExample(withApp, graph, 'video', file)).toMatchObject({ error: { code: 'mimeType' } });
		expect(calls).toEqual([]);
	});

	it.each(['/etc/passwd', 'upload:../me', '500/accounts', ''])('follows no session to %j', async (id) => {
		const { graph, calls } = aGraph(ok({ id }));
		expect(await uploadExample(withApp, graph, 'image', file)).toMatchObject({ type: 'failed' });
		expect(calls).toHaveLength(1);
	});

	it('passes on why Meta does not take it', async () => {
		const refused: GraphAnswer = {
			type: 'answered',
			status: 400,
			body: { error: { code: 100, message: 'Bad file.' } },
		};
		expect(await uploadExample(withApp, aGraph(refused).graph, 'image', file)).toMatchObject({
			type: 'refused',
			explanation: expect.stringContaining('Bad file.'),
		});
		expect(await uploadExample(withApp, aGraph(ok({ id: 'upload:a' }), refused).graph, 'image', file)).toMatchObject({
			type: 'refused',
		});
	});
});
