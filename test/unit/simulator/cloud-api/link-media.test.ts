import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANA, startRehearsal, type Rehearsal } from '../support';

describe('media links of the Cloud API double (X-10)', () => {
	let rehearsal: Rehearsal;
	let files: Server;
	let asked: string[];
	let base: string;

	beforeEach(async () => {
		rehearsal = await startRehearsal();
		await rehearsal.simulator.admin.say(ANA, 'Oi');
		asked = [];
		files = createServer((request, response) => {
			asked.push(request.url!);
			if (request.url!.startsWith('/gone')) return response.writeHead(404).end();
			response.writeHead(200, { 'content-type': request.url!.includes('pdf') ? 'application/pdf' : 'image/png' });
			response.end('bytes');
		});
		await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', () => resolve()));
		base = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
	});
	afterEach(async () => {
		await rehearsal.close();
		files.closeAllConnections();
		await new Promise((resolve) => files.close(resolve));
	});

	const outcomes = async (...parts: Array<[string, object]>) => {
		const ids: string[] = [];
		for (const [type, part] of parts) ids.push((await rehearsal.send({ type, [type]: part })).body.messages[0].id);
		await rehearsal.simulator.admin.waitForIdleWebhooks();
		return ids.map((id) => {
			const last = rehearsal.statuses().findLast((status) => status.id === id);
			return last.errors?.[0].code ?? last.status;
		});
	};

	it('fetches a file of this machine once in ten minutes', async () => {
		expect(await outcomes(['image', { link: `${base}/a.png` }], ['image', { link: `${base}/a.png` }])).toEqual([
			'read',
			'read',
		]);
		expect(asked).toEqual(['/a.png']);
		const [shown] = await rehearsal.simulator.admin.waitForReplies(ANA, 1);
		const picture = await fetch(`${rehearsal.simulator.url}/admin/media/${shown!.fetchedMediaId}`);
		expect(await picture.text()).toBe('bytes');
		await rehearsal.simulator.admin.advanceClock(600_000);
		await outcomes(['image', { link: `${base}/a.png` }]);
		expect(asked.length).toBe(2);
	});

	it('fails later when the link is dead, or its file has the wrong type or extension (131053)', async () => {
		const found = await outcomes(
			['image', { link: `${base}/gone.png` }],
			['image', { link: `${base}/pdf` }],
			['image', { link: `${base}/a.jpg` }],
			['document', { link: `${base}/pdf`, filename: 'boleto.docx' }],
			['document', { link: `${base}/pdf`, filename: 'boleto.pdf' }],
		);
		expect(found).toEqual([131053, 131053, 131053, 131053, 'read']);
	});

	it('asks no other host, and shows what it was given', async () => {
		expect(await outcomes(['image', { link: 'http://files.invalid/a.png' }])).toEqual(['read']);
		const [shown] = await rehearsal.simulator.admin.waitForReplies(ANA, 1);
		expect(shown!.content).toEqual({ link: 'http://files.invalid/a.png' });
		await rehearsal.simulator.admin.setSettings({ linkHosts: ['files.invalid'] });
		expect(await outcomes(['image', { link: 'http://files.invalid/b.png' }])).toEqual([131053]);
	});
});
