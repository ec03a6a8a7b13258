import { changeReceivables, getReceivable, openDesk, readStory, type Desk } from '../../../../engine';
import { STORES, type TestStore } from '../../../support/each-store';

const ACME = '11222333000181';
const OTHER = '52998224725';

describe.each(STORES)('which invoice somebody means, on $name', ({ create }) => {
	let test: TestStore;
	let desk: Desk;

	beforeAll(async () => {
		test = await create();
		desk = await openDesk({ store: test.settings });
		await changeReceivables(
			desk,
			(
				[
					[ACME, '8001', 'NF 1004'],
					[ACME, '8002', 'NF 1005/1'],
					[ACME, '8003', 'NF 1005/2'],
					[ACME, '1006', 'NF 77'],
					[ACME, '8004', 'NF 1006'],
					[ACME, '8005', 'FAT/2026/00087'],
					[OTHER, '9001', 'nf-1004'],
					[OTHER, '9002', 'NF 10041'],
					[OTHER, '9003', null],
				] as const
			).map(([creditor, invoice, number]) => ({
				...{ creditor, invoice, change: { type: 'handToHuman' as const } },
				known: { number, dueDate: '2026-03-10' },
			})),
		);
	});
	afterAll(async () => {
		await desk.close();
		await test.drop();
	});

	const get = async (creditor: string, invoice: string) => (await getReceivable(desk, { creditor, invoice })).invoice;
	const story = async (id: string) => (await readStory(desk, { type: 'invoice', id }, 50)).map(({ text }) => text);

	it.each([
		['8001', '8001'],
		['NF 1004', '8001'],
		['1004', '8001'],
		[' nf nº 01004 ', '8001'],
		['NF 1005/2', '8003'],
		['1005/2', '8003'],
		['FAT/2026/00087', '8005'],
		['2026/87', null],
		['1006', '1006'],
		['NF 1006', '8004'],
		['100', null],
		['%', null],
		['', null],
	])('"%s" is %s: by its id in the ERP, else by the number the payer knows (V-12)', async (given, invoice) => {
		const found = get(ACME, given);
		if (invoice === null) await expect(found).rejects.toThrow(/^The desk knows no invoice/);
		else expect(await found).toBe(invoice);
	});

	it.each([
		[`${ACME}/NF 1004`, 'A fatura NF 1004 passou para uma pessoa da equipe. Os lembretes dela param.'],
		['11.222.333/0001-81/1004', 'A fatura NF 1004 passou para uma pessoa da equipe. Os lembretes dela param.'],
		['NF 1005/2', 'A fatura NF 1005/2 passou para uma pessoa da equipe. Os lembretes dela param.'],
		['NF 10041', 'A fatura NF 10041 passou para uma pessoa da equipe. Os lembretes dela param.'],
		['9003', 'A fatura 9003 passou para uma pessoa da equipe. Os lembretes dela param.'],
	])('tells the story of "%s"', async (id, line) => {
		expect(await story(id)).toEqual([line]);
	});

	it('lists all that may be meant, and has no story of what nobody knows', async () => {
		const parts =
			'2 invoices are called "1005": 11222333000181/8002 (NF 1005/1, due 2026-03-10, human); 11222333000181/8003 (NF 1005/2, due 2026-03-10, human).';
		await expect(story(`${ACME}/1005`)).rejects.toThrow(parts);
		await expect(get(ACME, '1005')).rejects.toThrow(parts);
		await expect(story('1004')).rejects.toThrow(
			'2 invoices are called "1004": 11222333000181/8001 (NF 1004, due 2026-03-10, human); 52998224725/9001 (nf-1004, due 2026-03-10, human).',
		);
		expect(await story(`${ACME}/5`)).toEqual([]);
	});
});
