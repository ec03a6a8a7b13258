import { renderTemplate } from '../../../../engine/template/render';
import { aTemplate, aText, call, copyCode, link, quickReply } from './support';

describe('the text of a filled template', () => {
	it('reads from top to bottom; quick replies are left to the menu', () => {
		const template = aTemplate({
			header: { type: 'text', ...aText('Fatura {{1}}') },
			body: aText('Olá {{1}}, bom dia.'),
			footer: 'Oficina Aurora',
			buttons: [
				quickReply('Parar'),
				link('Ver', 'https://a.example/{{1}}'),
				link('Site', 'https://a.example'),
				call('Ligar', '+551130000000'),
				{ ...copyCode('X'), text: 'Copiar' },
				{ type: 'other', text: 'Catálogo', variable: null },
			],
		});
		const text = renderTemplate(template, {
			header: [{ name: '1', text: 'novembro' }],
			body: [{ name: '1', text: 'Ana' }],
			buttons: [
				{ index: 1, type: 'url', value: 'f/9' },
				{ index: 4, type: 'copyCode', value: 'PIX10' },
			],
		});
		expect(text).toBe(
			'Fatura novembro\n\nOlá Ana, bom dia.\n\nOficina Aurora\n\n' +
				'Ver: https://a.example/f/9\nSite: https://a.example\nLigar: +551130000000\nCopiar: PIX10',
		);
	});

	it('is the body alone where there is nothing else', () => {
		const template = aTemplate({ header: { type: 'image' }, body: aText('Bom dia.') });
		expect(renderTemplate(template, { header: [], body: [], buttons: [] })).toBe('Bom dia.');
	});
});
