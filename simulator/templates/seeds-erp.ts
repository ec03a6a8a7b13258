import type { NewTemplate } from './model';
import { seed } from './seed';

/** What a company tells its customers about orders, invoices and payments. `rodape`: who charges, with CNPJ and address. */
const RODAPE = 'Empresa Demonstração · CNPJ 11.222.333/0001-81 · Rua das Flores, 10, São Paulo/SP';

export const ERP_TEMPLATES: NewTemplate[] = [
	seed({
		name: 'os_aberta',
		body: 'Olá, {{nome}}! Registramos a ordem de serviço {{os}} em {{data}}: {{descricao}}.\n\nAcompanhe em {{link}} ou responda esta mensagem para falar com a gente.',
		examples: {
			nome: 'Ana',
			os: '4711',
			data: '10/03/2026',
			descricao: 'troca da fonte do servidor',
			link: 'https://empresa.example/os/4711',
		},
	}),
	seed({
		name: 'os_etapa',
		body: 'Olá, {{nome}}! A ordem de serviço {{os}} passou para a etapa *{{etapa}}*.\n\nPrevisão: {{previsao}}. Se precisar de algo, responda esta mensagem.',
		examples: { nome: 'Ana', os: '4711', etapa: 'Em execução', previsao: '12/03/2026' },
	}),
	seed({
		name: 'os_concluida',
		body: 'Boa notícia, {{nome}}: a ordem de serviço {{os}} foi concluída em {{data}}.\n\nConte em um minuto como foi: {{link}}\n\nObrigado por contar com a gente!',
		examples: { nome: 'Ana', os: '4711', data: '12/03/2026', link: 'https://empresa.example/pesquisa/4711' },
	}),
	seed({
		name: 'pedido_situacao',
		body: 'Olá, {{nome}}! O seu pedido {{pedido}} agora está assim: *{{situacao}}*.\n\nAcompanhe em {{link}} ou responda esta mensagem para falar com a gente.',
		examples: { nome: 'Ana', pedido: '123', situacao: 'Aprovado', link: 'https://empresa.example/pedido/123' },
	}),
	seed({
		name: 'fatura_emitida',
		body: 'Olá, {{nome}}! Sua nova fatura já está disponível.\n\nFatura: {{fatura}}\nVencimento: {{vencimento}}\nValor: {{valor}}\n\nPara pagar: {{pagamento}}\n\nQualquer divergência, responda esta mensagem.\n\n{{rodape}} — Para não receber avisos por aqui, responda SAIR.',
		examples: {
			nome: 'Ana',
			fatura: '1234/1',
			vencimento: '20/03/2026',
			valor: 'R$ 459,90',
			pagamento: '10492.00650 61000.100042 00997.263900 1 13910000045990',
			rodape: RODAPE,
		},
	}),
	seed({
		name: 'nota_emitida',
		body: 'Olá, {{nome}}! A nota fiscal {{nota}} da {{credor}} foi emitida.\n\nConsulte e baixe em {{link}} quando quiser. Se algum dado não confere, responda esta mensagem.',
		examples: {
			nome: 'Ana',
			nota: '8899',
			credor: 'Empresa Demonstração',
			link: 'https://empresa.example/nota/8899',
		},
	}),
	seed({
		name: 'pagamento_recebido',
		body: 'Olá, {{nome}}! Confirmamos o pagamento da fatura {{fatura}}, no valor de {{valor}}. Muito obrigado!',
		examples: { nome: 'Ana', fatura: '1234/1', valor: 'R$ 459,90' },
	}),
	seed({
		name: 'pagamento_parcial',
		body: 'Olá, {{nome}}! Recebemos {{valor}} da fatura {{fatura}}. Muito obrigado! Se tiver alguma dúvida, responda esta mensagem.',
		examples: { nome: 'Ana', valor: 'R$ 200,00', fatura: '1234/1' },
	}),
	seed({
		name: 'equipe_aviso',
		body: 'Aviso para a equipe: {{assunto}}\n\nCliente: {{cliente}}\nDetalhes: {{detalhe}}\n\nConfira no painel de atendimento.',
		examples: {
			assunto: 'OS 4711 aberta',
			cliente: 'Ana Souza',
			detalhe: 'troca da fonte do servidor, prioridade alta',
		},
	}),
];
