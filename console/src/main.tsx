import './styles/base.css';
import './styles/shell.css';
import './styles/ui.css';
import './styles/list.css';
import './styles/door.css';
import './styles/work.css';
import 'dayjs/locale/zh-cn';
import { LoadingOutlined } from '@ant-design/icons';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './query-client.ts';
import { createConsoleRouter } from './router.tsx';
import { THEME } from './theme.ts';
import { allowStyles } from './util/allow-styles.ts';

dayjs.locale('zh-cn');
const nonce = allowStyles();
const queries = createQueryClient(() => {
  queries.clear();
  void router.invalidate();
});
const router = createConsoleRouter(queries);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider
      locale={zhCN}
      theme={THEME}
      // Its own icon is read aloud as an English word, and can stay in the button's name when the work is done.
      button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> }}
      {...(nonce && { csp: { nonce } })}
    >
      <App message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  </StrictMode>,
);
