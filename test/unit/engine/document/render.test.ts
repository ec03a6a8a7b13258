import { readContent, type DocumentContent } from '../../../../engine/document/content';
import { DEFAULT_AGREEMENT } from '../../../../engine/document/default-agreement';
import { DEFAULT_STATEMENT } from '../../../../engine/document/default-statement';
import { renderContent, type RenderedDocument } from '../../../../engine/document/render';
import { renderSample } from '../../../../engine/document/sample';
import { readPdf } from '../../../support/read-pdf';
import { AGREEMENT, CREDITOR, DEBTOR, MOMENT, STATEMENT, TITLES } from './facts';

const statement = (data: object = {}, content: DocumentContent = DEFAULT_STATEMENT) =>
	renderContent('debtStatement', content, { ...STATEMENT, ...data }, MOMENT);
const agreement = (data: object = {}, content: DocumentContent = DEFAULT_AGREEMENT) =>
	renderContent('agreement', content, { ...AGREEMENT, ...data }, MOMENT);

const rendered = async (result: Promise<unknown>): Promise<RenderedDocument> => {
	const made = (await result) as RenderedDocument;
	expect(made).toMatchObject({ ok: true });
	return made;
};
const linesOf = async (result: Promise<unknown>) => {
	const { pages } = await readPdf((await rendered(result)).bytes);
	return pages.flatMap(({ text }) => text.split('\n'));
};
const refusal = async (result: Promise<unknown>) => {
	const { ok, code, explanation } = (await result) as { ok: boolean; code: string; explanation: string };
	return { ok, code, explanation };
};
const content = (blocks: object[], more: object = {}): DocumentContent => {
	const read = readContent({ blocks, ...more });
	if (!read.ok) throw new Error(JSON.stringify(read.problems));
	return read.content;
};

describe('the termo de acordo (C-01)', () => {
	it('says who, which debts, how much, when, what happens when it is not paid, and who signs', async () => {
		const lines = await linesOf(agreement());
		for (const expected of [
			'Termo de acordo nº 1234',
			'Credor Fundição São José Ltda., CNPJ 11.222.333/0001-81',
			'Devedor Ana Conceição, CPF 529.982.247-25',
			'NF 1234/1 20/08/2026 20/09/2026 62 459,90 9,20 9,50 0,00 0,00 478,60',
			'NF 1234/2 20/08/2026 20/10/2026 32 459,90 9,20 4,91 0,00 0,00 474,01',
			'Total 919,80 18,40 14,41 0,00 0,00 952,61',
			'Desconto concedido R$ 52,61',
			'Valor do acordo R$ 900,00 (novecentos reais)',
			'Entrada R$ 300,00, com vencimento em 30/11/2026',
			'Parcelamento 3 parcelas de R$ 200,00, a primeira com vencimento em 30/12/2026',
			'Entrada 30/11/2026 300,00',
			'1 de 3 30/12/2026 200,00',
			'3 de 3 28/02/2027 200,00',
			'O atraso de 2 parcelas, seguidas ou não, antecipa o vencimento das demais, depois de aviso ao devedor.',
			'Esta proposta vale para aceite até 28/11/2026.',
			'São Paulo, 21 de novembro de 2026.',
			'Maria Oliveira',
		]) {
			expect(lines).toContain(expected);
		}
		expect(lines.join('\n')).toContain('incide: multa de 2% e juros simples de 1% ao mês');
		expect(lines).not.toContain('Aceite eletrônico');
	});

	it('carries the evidence of the acceptance: the message, its words and its instant', async () => {
		const acceptance = { messageId: 'wamid.ABC', text: 'ACEITO', at: '2026-11-21T14:30:12-03:00' };
		const lines = await linesOf(agreement({ acceptance }));
		expect(lines).toContain('Mensagem “ACEITO”');
		expect(lines).toContain('Recebida em 21/11/2026 14:30:12 (UTC-03:00), pelo WhatsApp');
		expect(lines).toContain('Identificador wamid.ABC');
		expect(lines.join('\n')).not.toContain('Esta proposta vale');
	});

	it('gives the document of its debtor the zeros back that numbers lose', async () => {
		expect(await linesOf(agreement({ debtor: { ...DEBTOR, document: 1234567890 } }))).toContain(
			'Devedor Ana Conceição, CPF 012.345.678-90',
		);
	});

	it('names its debtor with the whole document, and is not made without', async () => {
		expect(await refusal(agreement({ debtor: { name: 'Ana' } }))).toEqual({
			...{ ok: false, code: 'documentDataInvalid' },
			explanation:
				'Os dados do documento não servem (debtor.document: falta o CPF ou CNPJ de quem deve). Corrija e tente de novo.',
		});
		expect((await refusal(agreement({ debtor: { ...DEBTOR, document: '111.111.111-11' } }))).code).toBe(
			'documentDataInvalid',
		);
	});

	it('is not made without its terms or its number', async () => {
		expect((await refusal(agreement({ agreement: null }))).explanation).toContain('faltam as condições do acordo');
		expect(await refusal(agreement({ number: null }))).toEqual({
			...{ ok: false, code: 'documentValuesMissing' },
			explanation: 'Falta o valor de #NUMERO#. Informe nos dados, ou tire do modelo do documento.',
		});
	});
});

describe('the demonstrativo de débito (C-02)', () => {
	it('lists each title with its charges, the total and the day it was reckoned to', async () => {
		const { fileName, pages, mimeType, hint } = await rendered(statement());
		expect({ fileName, pages, mimeType, hint }).toEqual({
			...{ fileName: 'demonstrativo-de-debito-d-77.pdf', pages: 1, mimeType: 'application/pdf', hint: null },
		});
		const lines = await linesOf(statement());
		expect(lines).toContain('Demonstrativo de débito');
		expect(lines).toContain('Título original. Valores atualizados até 21/11/2026.');
		expect(lines).toContain('Total 919,80 18,40 14,41 0,00 0,00 952,61');
		expect(lines.join(' ')).toContain(
			'Total atualizado até 21/11/2026: R$ 952,61 (novecentos e cinquenta e dois reais e sessenta e um',
		);
	});

	it('masks the CPF and shows a CNPJ', async () => {
		const lines = await linesOf(statement());
		expect(lines).toContain('Documento CPF ***.982.247-**');
		expect(lines.join('\n')).not.toContain('529.982.247-25');
		const company = { ...DEBTOR, document: '12.ABC.345/01DE-35' };
		expect(await linesOf(statement({ debtor: company }))).toContain('Documento CNPJ 12.ABC.345/01DE-35');
	});

	it('counts to the day that is given, and by the calendar of the zone to today', async () => {
		const evening = { now: Date.parse('2026-11-22T01:00:00Z'), zone: 'America/Sao_Paulo' };
		const today = await renderContent('debtStatement', DEFAULT_STATEMENT, STATEMENT, evening);
		expect(today).toMatchObject({ facts: { asOf: '2026-11-21', issuedOn: '2026-11-21' } });
		expect(await rendered(statement({ asOf: '2026-11-30' }))).toMatchObject({ facts: { asOf: '2026-11-30' } });
	});
});

describe('the creditor on every document (CDC art. 42-A)', () => {
	it.each([
		['name', { name: '' }, 'creditor.name: falta o nome'],
		['CNPJ', { document: '' }, 'creditor.document: informe um CPF ou um CNPJ'],
		['right CNPJ', { document: '11.222.333/0001-82' }, 'creditor.document: este CNPJ não existe'],
		['address', { address: ' ' }, 'creditor.address: falta o endereço'],
	])('is refused without its %s', async (_, changes, problem) => {
		for (const result of [statement, agreement]) {
			const { code, explanation } = await refusal(result({ creditor: { ...CREDITOR, ...changes } }));
			expect(code).toBe('creditorIncomplete');
			expect(explanation).toContain(problem);
		}
	});

	it('stands at the head of every page, whatever the template says', async () => {
		const bare = content([{ title: 'Aviso' }, ...Array.from({ length: 80 }, () => ({ paragraph: 'Um parágrafo.' }))]);
		const { pages } = await readPdf((await rendered(statement({}, bare))).bytes);
		expect(pages).toHaveLength(2);
		for (const { text } of pages) {
			expect(text).toContain('Fundição São José Ltda.');
			expect(text).toContain('CNPJ 11.222.333/0001-81 · Rua das Flores, 10, São Paulo/SP');
		}
	});

	it('comes from the template when the data names none, and the data comes first', async () => {
		const own = { ...DEFAULT_STATEMENT, creditor: { ...CREDITOR, email: null } };
		expect(await rendered(statement({ creditor: undefined }, own))).toMatchObject({
			facts: { creditor: { name: 'Fundição São José Ltda.', documentKey: '11222333000181' } },
		});
		const other = { name: 'Outra', document: '00.000.000/0001-91', address: 'Praça 1' };
		expect(await rendered(statement({ creditor: other }, own))).toMatchObject({
			facts: { creditor: { name: 'Outra', documentKey: '00000000000191', phone: '(11) 3256-7890' } },
		});
	});
});

describe('wildcards (C-03)', () => {
	it('are filled in any spelling', async () => {
		const words = content([{ paragraph: 'A #NOME_USUARIO#, b [nome_usuario], c {{ Nome Usuário }}, d #numero#.' }]);
		expect(await linesOf(statement({ signedBy: 'Bia' }, words))).toContain('A Bia, b Bia, c Bia, d D-77.');
	});

	it('name who signs: the data, else the template', async () => {
		const words = content([{ paragraph: 'Assina #NOME_USUARIO#.' }], { signedBy: 'Caio' });
		expect(await linesOf(statement({}, words))).toContain('Assina Caio.');
		expect(await linesOf(statement({ signedBy: 'Bia' }, words))).toContain('Assina Bia.');
	});

	it('that nobody knows are told by name and never printed', async () => {
		const words = content([{ paragraph: 'Olá #NOME#, [vlr total] e #NOME#.' }], { footer: '{{rodape}}' });
		expect(await refusal(statement({}, words))).toEqual({
			...{ ok: false, code: 'documentWildcardUnknown' },
			explanation:
				'O modelo do documento usa #NOME#, [vlr total], {{rodape}}, que não existem. Corrija o modelo, ou informe o valor em "fields".',
		});
	});

	it('are told even in a block that is left out, and in its condition', async () => {
		const hidden = content([
			{ title: 'A' },
			{ paragraph: '#ERRO#', when: 'ENTRADA' },
			{ paragraph: 'b', when: 'NADA' },
		]);
		expect((await refusal(statement({}, hidden))).explanation).toContain('usa #ERRO#, NADA, que não existem');
	});

	it('that have no value are told, left out of facts and signatures, and decide about blocks', async () => {
		expect(await refusal(statement({}, content([{ paragraph: 'Entrada: #ENTRADA#' }])))).toMatchObject({
			...{ code: 'documentValuesMissing' },
			explanation: 'Falta o valor de #ENTRADA#. Informe nos dados, ou tire do modelo do documento.',
		});
		const words = content([
			{
				facts: [
					['Entrada', '#ENTRADA#'],
					['Número', '#NUMERO#'],
				],
			},
			{ paragraph: 'Há entrada.', when: 'ENTRADA' },
			{ paragraph: 'Não há entrada.', unless: '#ENTRADA#' },
			{ signatures: ['#CREDOR#\n#NOME_USUARIO#'] },
		]);
		const lines = await linesOf(statement({}, words));
		expect(lines.slice(0, 3)).toEqual(['Número D-77', 'Não há entrada.', 'Fundição São José Ltda.']);
	});

	it('of the company take their values from the data, and never the place of a reckoned one', async () => {
		const words = content([{ paragraph: 'Contrato #CONTRATO#: #TOTAL_ATUALIZADO#.' }], { fields: ['contrato'] });
		const fields = { Contrato: '55-A', total_atualizado: 'R$ 1,00' };
		expect(await linesOf(statement({ fields }, words))).toContain('Contrato 55-A: R$ 952,61.');
		expect((await refusal(statement({}, words))).code).toBe('documentValuesMissing');
	});

	it('all have a value in the sample, which the default templates pass', async () => {
		expect(await renderSample('agreement', DEFAULT_AGREEMENT, MOMENT)).toMatchObject({ ok: true, hint: null });
		expect(await renderSample('debtStatement', DEFAULT_STATEMENT, MOMENT)).toMatchObject({ ok: true, hint: null });
	});
});

describe('hostile texts', () => {
	const EVIL =
		'#CREDOR# [devedor] {{numero}} *b* <img src="http://127.0.0.1:9/x"> file:///etc/passwd javascript:alert(1) \u202Eexe.fdp\u0000 💥 李';

	it('are printed as they are: no wildcard, no mark-up, nothing fetched', async () => {
		const made = await rendered(statement({ debtor: { ...DEBTOR, name: EVIL } }));
		const read = await readPdf(made.bytes);
		expect(read.pages[0]!.text.replace(/\s/g, '')).toContain(
			'#CREDOR#[devedor]{{numero}}*b*<imgsrc="http://127.0.0.1:9/x">file:///etc/passwdjavascript:alert(1)exe.fdp?',
		);
		expect([read.images, read.attachments, read.scripts, read.pages[0]!.annotations]).toEqual([0, [], null, 0]);
		expect(made.hint).toBe('Estas letras não puderam ser impressas e saíram como "?": 李');
	});

	it('cannot leave the page, however long a word is', async () => {
		const data = {
			debtor: { ...DEBTOR, name: 'W'.repeat(200), address: 'W'.repeat(300) },
			creditor: { ...CREDITOR, name: 'W'.repeat(200), address: 'W'.repeat(300) },
			titles: [{ number: 'X'.repeat(80), dueDate: '2020-01-01', amountCents: 999_999_999_999 }],
		};
		const { pages } = await readPdf((await rendered(statement(data))).bytes);
		for (const { right } of pages) expect(right).toBeLessThanOrEqual(595.28 - 47);
		const numbers = pages.flatMap(({ text }) => text.match(/^X+/gm) ?? []);
		expect(numbers.join('')).toBe('X'.repeat(80));
		expect(numbers[0]!.length).toBeGreaterThan(6);
	});

	it('make no path of the file name', async () => {
		for (const [number, fileName] of [
			['../../etc/passwd', 'demonstrativo-de-debito-etc-passwd.pdf'],
			['Ação nº 12/2026', 'demonstrativo-de-debito-acao-no-12-2026.pdf'],
			['💥', 'demonstrativo-de-debito-2026-11-21.pdf'],
			[null, 'demonstrativo-de-debito-2026-11-21.pdf'],
		]) {
			expect(await rendered(statement({ number }))).toMatchObject({ fileName });
		}
	});
});

describe('the pages', () => {
	it('repeat the head of a long table and count themselves', async () => {
		const titles = Array.from({ length: 150 }, (_, i) => ({ ...TITLES[0]!, number: `NF ${i}` }));
		const made = await rendered(statement({ titles }));
		const { pages } = await readPdf(made.bytes);
		expect(made.pages).toBe(pages.length);
		expect(pages).toHaveLength(4);
		for (const [at, { text }] of pages.entries()) {
			expect(text).toContain('Vencimento Dias de');
			expect(text).toContain(`Página ${at + 1} de 4`);
		}
		const rows = pages.flatMap(({ text }) => text.match(/^NF \d+ /gm) ?? []);
		expect(rows).toEqual(titles.map(({ number }) => `${number} `));
	});

	it.each([
		['a paragraph', { paragraph: 'palavra '.repeat(150).trim() }, /palavra/g, 150],
		['a list', { facts: Array.from({ length: 10 }, (_, i) => [`${i}`, 'palavra']) }, /palavra/g, 10],
		['a table', { table: 'titulos' }, /NF 1234\/1/g, 1],
	])('leave no heading alone, and no line of %s', async (_, block, pattern, count) => {
		for (let lines = 30; lines < 42; lines++) {
			const before = Array.from({ length: lines }, () => ({ paragraph: 'Uma linha.' }));
			const words = content([...before, { heading: 'Depois' }, block]);
			const { pages } = await readPdf((await rendered(statement({}, words))).bytes);
			expect(pages.find(({ text }) => text.includes('Depois'))!.text.match(pattern)).toHaveLength(count);
		}
	});

	it('are the same for the same data at the same time', async () => {
		const [one, other] = [await rendered(agreement()), await rendered(agreement())];
		expect(one.bytes.equals(other.bytes)).toBe(true);
	});

	it('carry title, author and language, and no clock but the desk’s', async () => {
		const { info } = await readPdf((await rendered(agreement())).bytes);
		expect(info).toMatchObject({
			...{ Title: 'Termo de acordo nº 1234', Author: 'Fundição São José Ltda.', Language: 'pt-BR' },
			CreationDate: 'D:20261121173205Z',
		});
	});
});

describe('the content of a template', () => {
	const wrong = (given: unknown) => {
		const read = readContent(given);
		return read.ok ? [] : read.problems.map(({ field, explanation }) => `${field}: ${explanation}`);
	};

	it('may be given as JSON', () => {
		expect(readContent('{"blocks":[{"title":"A"}]}')).toMatchObject({ ok: true, content: { footer: '', fields: [] } });
	});

	it.each<[string, unknown, string]>([
		['no JSON', '{', ': O texto não é um JSON válido. Confira vírgulas e aspas.'],
		['no blocks', { blocks: [] }, 'blocks: está vazio'],
		[
			'two contents',
			{ blocks: [{ title: 'a', heading: 'b' }] },
			'blocks.0: deve ter um só conteúdo: title, heading, paragraph, highlight, table, facts ou signatures',
		],
		['a picture', { blocks: [{ image: '/etc/passwd' }] }, 'blocks.0: não existe "image"'],
		['another table', { blocks: [{ table: 'clientes' }] }, 'blocks.0.table: deve ser "titulos" ou "parcelas"'],
		['a wrong row', { blocks: [{ facts: ['só um'] }] }, 'blocks.0.facts.0: cada linha é ["nome", "texto"]'],
		['a text that is none', { blocks: [{ paragraph: 5 }] }, 'blocks.0.paragraph: deve ser um texto'],
	])('is refused with %s', (_, given, problem) => expect(wrong(given)[0]).toBe(problem));
});
