import { readBoleto } from '../../../../engine/brazil/boleto';
import { readTemplate } from '../../../../engine/channel/cloud-api/template-definition';
import { checkDraft } from '../../../../engine/template/draft-rules';
import { draftTextsOf, makeDraft } from '../../../../engine/template/make-draft';
import { fillTemplate } from '../../../../engine/template/fill';
import { checkDefinition, checkName } from '../../../../simulator/templates/check-definition';
import { categoryFor, rejectionOf } from '../../../../simulator/templates/judge';
import { componentOf, type NewTemplate } from '../../../../simulator/templates/model';
import { SEED_HANDLE } from '../../../../simulator/templates/seed';
import { DEMO_TEMPLATES } from '../../../../simulator/templates/seeds';
import { DUNNING_TEMPLATES } from '../../../../simulator/templates/seeds-dunning';
import { TemplateStore } from '../../../../simulator/templates/store';

type Named = { param_name: string; example: string };

describe('the templates of the demonstration (C-32)', () => {
	it.each(DEMO_TEMPLATES)(
		'could have been approved: $name',
		({ name, language, category, parameterFormat, components }) => {
			expect(checkName(name, language)).toBeNull();
			expect(
				checkDefinition({
					category: category!,
					named: parameterFormat === 'NAMED',
					components,
					knowsHandle: (handle) => handle === SEED_HANDLE,
				}),
			).toBeNull();
			expect(categoryFor(category!, components)).toBe(category);
		},
	);

	it.each(DEMO_TEMPLATES)('has nothing our own check warns of: $name (C-25, C-31)', (given) => {
		const texts = draftTextsOf(asRead(given))!;
		const header = given.name === 'regua_demonstrativo' ? { type: 'document' as const, example: SEED_HANDLE } : null;
		expect(checkDraft(makeDraft({ ...texts, header: header ?? texts.header }))).toEqual([]);
	});

	it('shows a boleto of the invoice it stands beside', () => {
		const bills = DEMO_TEMPLATES.flatMap(({ components }) => {
			const body = componentOf(components, 'BODY')! as { example?: { body_text_named_params?: Named[] } };
			const examples = new Map(
				(body.example?.body_text_named_params ?? []).map((each) => [each.param_name, each.example]),
			);
			return examples.has('pagamento') ? [examples] : [];
		});
		expect(bills).toHaveLength(3);
		for (const bill of bills) {
			const read = readBoleto(bill.get('pagamento')!, { reference: '2026-03-10' });
			const dueDate = bill.get('vencimento')!.split('/').reverse().join('-');
			expect(read).toMatchObject({ ok: true, dueDate, amountCents: 45_990 });
			expect(bill.get('valor')).toBe('R$ 459,90');
		}
	});

	it('repeats no name and no text', () => {
		expect(new Set(DEMO_TEMPLATES.map(({ name }) => name)).size).toBe(DEMO_TEMPLATES.length);
		const store = new TemplateStore();
		for (const each of DEMO_TEMPLATES) store.add({ ...each, wabaId: '1' }, 0);
		const all = [...store.all()];
		expect(all.map((each) => rejectionOf(each, all)).filter(Boolean)).toEqual([]);
	});
});

describe('the templates of the payment ladder', () => {
	const bodies = DUNNING_TEMPLATES.map((each) => [each.name, bodyOf(each)] as const);

	it.each(bodies)('names the creditor and the way out in %s (CDC 42-A, D-35)', (_, body) => {
		expect(body.endsWith('{{rodape}} — Para não receber avisos por aqui, responda SAIR.')).toBe(true);
	});

	it.each(bodies)('shows a locked phone no amount and no number in %s', (_, body) => {
		const preview = body.split('\n')[0]!;
		expect(preview).not.toMatch(/demonstrativo|\{\{(fatura|valor|pagamento|vencimento)\}\}/);
		expect(preview.startsWith('Olá, {{nome}}.')).toBe(true);
	});

	it.each(bodies)('threatens with nothing in %s', (_, body) => {
		expect(body).not.toMatch(/protest|serasa|spc|negativa|jur[ií]dic|última chance|bloque|consequ/i);
	});

	it.each(bodies.filter(([name]) => name !== 'regua_lembrete'))('believes who has paid in %s', (_, body) => {
		expect(body).toContain('Se já pagou, desconsidere');
	});

	it('takes the longest values in sight: a Pix code, four invoices, a long footer', () => {
		const long = {
			nome: 'Maria Aparecida',
			fatura: Array.from({ length: 4 }, (_, i) => `NF 12345${i}/12`).join(', '),
			vencimento: Array.from({ length: 4 }, (_, i) => `1${i}/03/2026`).join(', '),
			valor: 'R$ 12.345.678,90',
			pagamento: 'x'.repeat(200),
			data_promessa: '27/03/2026',
			data_base: '27/03/2026',
			rodape: 'y'.repeat(160),
		};
		for (const each of DUNNING_TEMPLATES) {
			const template = asRead(each);
			const names = template.body.variables.map(({ name }) => name);
			const variables = Object.fromEntries(names.map((name) => [`body.${name}`, long[name as keyof typeof long]]));
			const header =
				template.header === null ? undefined : { type: 'media' as const, source: { link: 'https://x.example/d.pdf' } };
			expect(fillTemplate(template, { variables, header })).toMatchObject({ ok: true });
		}
	});
});

function bodyOf({ components }: NewTemplate): string {
	return String(componentOf(components, 'BODY')!.text);
}

/** As the desk reads it from Graph. */
function asRead(given: NewTemplate) {
	const { parameterFormat, ...rest } = given;
	return readTemplate({ ...rest, status: 'APPROVED', parameter_format: parameterFormat })!;
}
