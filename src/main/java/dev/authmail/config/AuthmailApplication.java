package dev.authmail.config;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The service: Spring Boot with the beans of this package, and no pages of its own for errors. */
@SpringBootApplication(proxyBeanMethods = false, exclude = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties(AuthmailSettings.class)
public class AuthmailApplication {
    /** Nothing is logged from here on until the service starts: what a command has to say, it prints. */
    public static void quiet() {
        LoggingSystem.get(AuthmailApplication.class.getClassLoader()).beforeInitialize();
    }

    /** Starts the service and returns when its routes run. */
    public static ConfigurableApplicationContext run(String... args) {
        return SpringApplication.run(AuthmailApplication.class, args);
    }
}
