import type { Template } from '../../../../engine/model-template';
import { findLocalTemplate, listLocalTemplates, templateOfText } from '../../../../engine/template/local';
import { saveTemplates } from '../../../../engine/template/rows';
import { systemClock } from '../../../../engine/clock';
import { openStore, type Store } from '../../../../engine/store/open-store';
import { STORES, type TestStore } from '../../../support/each-store';

const template = (name: string, text: string, more: Partial<Template> = {}): Template => ({
	...templateOfText(text, { name, language: 'pt_BR' }),
	...more,
});

describe.each(STORES)('templates where there is no provider, on $name', ({ create }) => {
	let test: TestStore;
	let store: Store;

	beforeEach(async () => {
		test = await create();
		store = await openStore(test.settings, systemClock);
	});
	afterEach(async () => {
		await store.close();
		await test.drop();
	});
	const save = (channelId: string, at: number, ...templates: Template[]) =>
		store.transaction((tx) => saveTemplates(tx, channelId, templates, at));

	it('are those of the other numbers, the one heard of last where two have the same name', async () => {
		await save('cloudApi:1', 1, template('aviso', 'velho'), template('lembrete', 'Olá {{nome}}'));
		await save(
			'cloudApi:2',
			2,
			template('aviso', 'novo', { status: 'rejected' }),
			template('fim', 'x', { status: 'deleted' }),
		);
		expect((await listLocalTemplates(store)).map(({ name, body, status }) => [name, body.text, status])).toEqual([
			['aviso', 'novo', 'approved'],
			['lembrete', 'Olá {{nome}}', 'approved'],
		]);
		expect(await findLocalTemplate(store, 'lembrete', 'pt-BR')).toMatchObject({ parameterFormat: 'named' });
		expect(await findLocalTemplate(store, 'lembrete', 'en')).toBeNull();
		expect(await findLocalTemplate(store, 'fim', 'pt_BR')).toBeNull();
	});
});
