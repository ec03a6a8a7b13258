import { templateFields } from '../../../../engine/template/fields';
import { aTemplate, aText, call, copyCode, link, quickReply } from './support';

describe('the form of a template (D-20)', () => {
	it('has a field per variable, in the order they are read', () => {
		const template = aTemplate({
			header: { type: 'text', ...aText('Fatura {{1}}', 'novembro') },
			body: aText('Olá {{nome}}, vence em {{data}} e é isso.', null),
			buttons: [
				quickReply('Parar'),
				link('Ver', 'https://a.example/{{1}}', 'abc'),
				link('Site', 'https://a.example'),
				call('Ligar', '+551130000000'),
				copyCode('PIX'),
			],
		});
		expect(templateFields(template)).toEqual([
			{ key: 'header.1', label: 'Header {{1}}', example: 'novembro', required: true },
			{ key: 'body.nome', label: 'Body {{nome}}', example: null, required: true },
			{ key: 'body.data', label: 'Body {{data}}', example: null, required: true },
			{ key: 'button.0', label: 'Button "Parar": Payload', example: null, required: false },
			{ key: 'button.1', label: 'Button "Ver": End of the Link', example: 'abc', required: true },
			{ key: 'button.4', label: 'Button "": Code', example: 'PIX', required: true },
		]);
	});

	it('asks for the code of an authentication template once', () => {
		const template = aTemplate({
			category: 'authentication',
			body: aText('{{1}} é o código.'),
			buttons: [link('Copiar', 'https://www.whatsapp.com/otp/code/?code=otp{{1}}')],
		});
		expect(templateFields(template).map(({ key }) => key)).toEqual(['body.1']);
	});

	it('is empty where nothing varies', () => {
		expect(templateFields(aTemplate({ body: aText('Bom dia.'), header: { type: 'image' } }))).toEqual([]);
	});
});
